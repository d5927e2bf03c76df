import type { Step } from "../run/step.js";

/** What a step does, by which the command line finds the one that it is to run. */
export type StepKind = "training" | "search" | "test" | "comparison";

/** Which ranks do the work of a kind of step. */
export const RANKS: Readonly<Record<StepKind, Step["ranks"]>> = {
  training: "all",
  search: "any",
  test: "first",
  comparison: "first",
};
