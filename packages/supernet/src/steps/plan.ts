import type { Recipe } from "../recipe/schema.js";
import type { TrainingSettings } from "../recipe/training-schema.js";
import type { Step } from "../run/pipeline.js";

export type StepName = "pretrain" | "finetune" | "search" | "retrain" | "detector" | "test" | "compare";

/**
 * What every result hangs on, beside the step's own settings. Threads and workers change only the speed. Of a space
 * in a user's file it is what the file describes, not where it lies.
 */
const common = ({ seed, space }: Recipe) => ({
  seed,
  space: (space.name === "file" && space.content) || space,
});

/** How often a training saves itself changes nothing of what it comes to. */
function decisive<T extends TrainingSettings>(settings: T): Omit<T, "checkpointEvery" | "keepLast"> {
  const { checkpointEvery: _, keepLast: __, ...rest } = settings;
  return rest;
}

const inputs: Readonly<Record<StepName, (recipe: Recipe) => unknown>> = {
  pretrain: (recipe) => [common(recipe), recipe.classification, decisive(recipe.steps.pretrain)],
  finetune: ({ detection, detector, steps }) => {
    // It is evaluated as the search evaluates, which tells its best weights.
    const { batchNorm, batchSize, images } = steps.search;
    return [detection, detector, decisive(steps.finetune), { batchNorm, batchSize, images }];
  },
  // Of a table of latencies it is what it says, not where it lies.
  search: ({ steps: { search } }) => ({ ...search, latency: search.latency?.content ?? search.latency }),
  retrain: (recipe) => decisive(recipe.steps.retrain),
  detector: (recipe) => decisive(recipe.steps.detector),
  // The report alone hangs on the sample images.
  test: ({ steps: { test } }) => [test.batchSize, test.randomSubnets],
  compare: (recipe) => recipe.steps.compare,
};

const checkClassification = async (recipe: Recipe): Promise<void> =>
  (await import("./check.js")).checkClassification(recipe);

const checkDetection = async (recipe: Recipe): Promise<void> =>
  (await import("./check.js")).checkDetection(recipe);

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
