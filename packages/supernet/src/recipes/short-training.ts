import type { ClassifierTraining } from "../tasks/shared/classifier-training.settings.js";
import type { OptimizerRecipe } from "../training/settings.js";

/** Settings of trainings that take minutes: float32, one evaluation at the end, and no regularization. */
export const SHORT_TRAINING = {
  microBatch: null,
  syncBatchNorm: false,
  emaDecay: null,
  dropPath: null,
  precision: "float32",
  evaluateEvery: null,
  result: "last",
  checkpointEvery: 100,
  keepLast: 1,
} satisfies Partial<ClassifierTraining>;

/** For convolutional networks. */
export const SGD = {
  kind: "sgd",
  momentum: 0.9,
  nesterov: true,
  weightDecay: 4e-5,
  noDecay: ["bias", "norm", "depthwise"],
} satisfies OptimizerRecipe;
