import type { Recipe } from "../recipe/schema.js";
import type { Step } from "../run/pipeline.js";

export type StepName = "pretrain" | "finetune" | "search" | "retrain" | "detector" | "test";

/**
 * What every result hangs on, beside the step's own settings. Threads and workers change only the speed. Of a space
 * in a user's file it is what the file describes, not where it lies.
 */
const common = ({ seed, space }: Recipe) => ({
  seed,
  space: (space.name === "file" && space.content) || space,
});

const inputs: Readonly<Record<StepName, (recipe: Recipe) => unknown>> = {
  pretrain: (recipe) => [common(recipe), recipe.classification, recipe.steps.pretrain],
  finetune: (recipe) => [
    recipe.detection,
    recipe.detector,
    recipe.steps.finetune,
    recipe.steps.search.batchNorm,
  ],
  search: (recipe) => recipe.steps.search,
  retrain: (recipe) => recipe.steps.retrain,
  detector: (recipe) => recipe.steps.detector,
  test: (recipe) => recipe.steps.test,
};

const titles: Readonly<Record<StepName, string>> = {
  pretrain: "supernet pre-training for classification",
  finetune: "supernet fine-tuning inside the detector",
  search: "evolution search by box AP",
  retrain: "retraining the found subnet for classification",
  detector: "fine-tuning the found subnet inside the detector",
  test: "test on images that no step has seen",
};

/**
 * The steps of DetNAS in order. They are known here without the engine, which loads when the first one runs.
 */
export const detnasSteps: readonly Step<StepName>[] = (Object.keys(titles) as StepName[]).map((name) => ({
  name,
  title: titles[name],
  inputs: inputs[name],
  run: async (context) => (await import("./index.js")).runStepBody(name, context),
}));
