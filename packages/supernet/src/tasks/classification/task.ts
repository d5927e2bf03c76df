import type { Task } from "../../task/task.js";
import { imageShapeOf, labeledSpace } from "../shared/image-sizes.js";
import { networks } from "./networks.js";
import { classificationOutcome } from "./report/outcome.js";
import { type ClassificationRecipe, check, checkSpace, settings } from "./settings.js";
import { classificationSteps } from "./steps.js";

/** Search for a classifier: trains and searches a supernet, then retrains and tests the found subnet. */
export const classification: Task<ClassificationRecipe> = {
  name: "classification",
  settings,
  check,
  metric: "accuracy",
  steps: classificationSteps,
  scorer: {
    trained: "train",
    open: async (context) => (await import("./scoring.js")).openClassifierScorer(context),
  },
  candidates: {
    network: "classifier",
    train: async (context, training) => (await import("./candidate.js")).trainCandidate(context, training),
    resample: async (context, folder, draw) =>
      (await import("./candidate.js")).resample(context, folder, draw),
  },
  networks,
  searchInput: imageShapeOf,
  space: labeledSpace,
  checkSpace,
  planOptions: ["images"],
  plan: async (run, given) => (await import("./plan.js")).planClassification(run, given),
  outcome: classificationOutcome,
};
