import type { StepKind } from "../../task/task.js";
import type { DetectionRecipe } from "./settings.js";

export const STEP_KINDS = {
  pretrain: "training",
  finetune: "training",
  search: "search",
  retrain: "training",
  detector: "training",
  test: "test",
  compare: "comparison",
} as const satisfies Readonly<Record<string, StepKind>>;

export type StepName = keyof typeof STEP_KINDS;

export const stepNames = ({ steps }: DetectionRecipe): StepName[] =>
  (Object.keys(STEP_KINDS) as StepName[]).filter((name) => name !== "compare" || steps.compare);
