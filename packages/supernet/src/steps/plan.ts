import type { Recipe } from "../recipe/schema.js";
import type { Step } from "../run/pipeline.js";

export type StepName = "pretrain" | "finetune" | "search" | "retrain" | "detector" | "test" | "compare";

/** Paths on which a supernet that classifies is evaluated. */
export const PROBES = 3;

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
  finetune: ({ detection, detector, steps }) => {
    // It is evaluated as the search evaluates, which tells its best weights.
    const { batchNorm, batchSize, images } = steps.search;
    return [detection, detector, steps.finetune, { batchNorm, batchSize, images }];
  },
  search: (recipe) => recipe.steps.search,
  retrain: (recipe) => recipe.steps.retrain,
  detector: (recipe) => recipe.steps.detector,
  test: (recipe) => recipe.steps.test,
  compare: (recipe) => recipe.steps.compare,
};

async function checkClassification(recipe: Recipe): Promise<void> {
  (await import("./data.js")).classificationSet(recipe);
}

async function checkDetection(recipe: Recipe): Promise<void> {
  (await import("./data.js")).detectionClasses(recipe);
}

const checks: Readonly<Record<StepName, (recipe: Recipe) => Promise<void>>> = {
  pretrain: checkClassification,
  finetune: checkDetection,
  search: checkDetection,
  retrain: checkClassification,
  detector: checkDetection,
  test: checkDetection,
  compare: checkDetection,
};

const titles: Readonly<Record<StepName, string>> = {
  pretrain: "supernet pre-training for classification",
  finetune: "supernet fine-tuning inside the detector",
  search: "evolution search by box AP",
  retrain: "retraining the found subnet for classification",
  detector: "fine-tuning the found subnet inside the detector",
  test: "test on images that no step has seen",
  compare: "comparison with networks that are trained alike",
};

/**
 * The steps of DetNAS in order, and the comparison where the recipe asks for it. They are known here without the
 * engine, which loads when the first one runs.
 */
export function detnasSteps({ steps }: Recipe): readonly Step<StepName>[] {
  const names = (Object.keys(titles) as StepName[]).filter((name) => name !== "compare" || steps.compare);
  return names.map((name) => ({
    name,
    title: titles[name],
    inputs: inputs[name],
    check: checks[name],
    run: async (context) => (await import("./index.js")).runStepBody(name, context),
  }));
}
