import { RANDOM_GENERATION } from "@supernet/nas";
import { z } from "zod";
import type { StrategyRecipe } from "./strategy-schema.js";
import { positive } from "./values.js";

/** Candidates that are not going to be among the best are scored on a part of the images alone. */
export const earlyStopSchema = z.strictObject({
  /** Probability with which a candidate may be stopped that would have been among the best on which the search hangs. */
  risk: positive.lt(0.5),
});

export type EarlyStopRecipe = z.infer<typeof earlyStopSchema>;

/** Candidates can be stopped early where a strategy does not hang on every score, and not all are scored at once. */
export function checkEarlyStop(
  earlyStop: EarlyStopRecipe | null,
  strategy: StrategyRecipe,
  refuse: (path: string[], expected: string) => void,
): void {
  const { kind } = strategy;
  if (earlyStop === null || kind === "evolution") return;
  if (kind !== "random") {
    refuse(["earlyStop"], `null, as the course of ${kind} hangs on every score: take evolution or random`);
  } else if (strategy.candidates <= RANDOM_GENERATION && strategy.refinement === undefined) {
    refuse(["earlyStop"], `null, as the first ${RANDOM_GENERATION} candidates are all scored in full`);
  }
}
