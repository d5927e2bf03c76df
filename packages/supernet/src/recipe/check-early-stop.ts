import { type EarlyStop, STRATEGIES, type StrategyDefinition, strategyDefinition } from "@supernet/nas";
import type { StrategyRecipe } from "./strategy-schema.js";

/** Checks that candidates can be stopped early: the strategy does not depend on every score. */
export function checkEarlyStop(
  earlyStop: EarlyStop | null,
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
