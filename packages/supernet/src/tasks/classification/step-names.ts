import type { StepKind } from "../../task/task.js";
import type { ClassificationRecipe } from "./settings.js";

export const STEP_KINDS = {
  train: "training",
  search: "search",
  retrain: "training",
  test: "test",
} as const satisfies Readonly<Record<string, StepKind>>;

export type StepName = keyof typeof STEP_KINDS;

export const stepNames = ({ steps }: ClassificationRecipe): StepName[] =>
  (Object.keys(STEP_KINDS) as StepName[]).filter((name) => name !== "retrain" || steps.retrain);
