import { z } from "zod";
import type { StrategyRecipe } from "./strategy-schema.js";
import { positive } from "./values.js";

/** Candidates that are not going to be among the best are scored on a part of the images alone. */
export const earlyStopSchema = z.strictObject({
  /** Probability with which a candidate may be stopped that would have been among the best on which the search hangs. */
  risk: positive.lt(0.5),
});

export type EarlyStopRecipe = z.infer<typeof earlyStopSchema>;

/** Some candidates can be stopped early exactly where a strategy does not hang on every score. */
export function checkEarlyStop(
  earlyStop: EarlyStopRecipe | null,
  { kind }: StrategyRecipe,
  refuse: (path: string[], expected: string) => void,
): void {
  if (earlyStop === null || kind === "evolution" || kind === "random") return;
  refuse(["earlyStop"], `null, as the course of ${kind} hangs on every score: take evolution or random`);
}
