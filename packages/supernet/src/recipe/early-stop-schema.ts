import { STRATEGIES, type StrategyDefinition, strategyDefinition } from "@supernet/nas";
import { z } from "zod";
import type { StrategyRecipe } from "./strategy-schema.js";
import { positive } from "./values.js";

/** Candidates that will not be among the best are scored on only a part of the images. */
export const earlyStopSchema = z.strictObject({
  /** Probability that a candidate is stopped that would have been among the best, on which the search depends. */
  risk: positive.lt(0.5),
});

export type EarlyStopRecipe = z.infer<typeof earlyStopSchema>;

/** Checks that candidates can be stopped early: the strategy does not depend on every score. */
export function checkEarlyStop(
  earlyStop: EarlyStopRecipe | null,
  strategy: StrategyRecipe,
  refuse: (path: string[], expected: string) => void,
): void {
  if (earlyStop === null) return;
  const { kind, refinement } = strategy;
  const definition = strategyDefinition(kind);
  const after = definition.earlyStopAfter?.(strategy);
  if (after === undefined) {
    const others = STRATEGIES.filter((other: StrategyDefinition) => other.earlyStopAfter !== undefined);
    const kinds = others.map((other) => other.kind).join(" or ");
    refuse(["earlyStop"], `null, because ${kind} depends on every score: use ${kinds}`);
  } else if (definition.length(strategy).candidates <= after && refinement === undefined) {
    refuse(["earlyStop"], `null, because the first ${after} candidates are all scored on all images`);
  }
}
