import type { Task } from "../../task/task.js";
import { networks } from "./networks.js";
import { classificationOutcome } from "./report/outcome.js";
import { type ClassificationRecipe, check, checkSpace, settings } from "./settings.js";
import { classificationSteps } from "./steps.js";

/** A search for a classifier: the supernet is trained and searched, and the found subnet is trained by itself and tested. */
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
  networks,
  searchInput: ({ classification: { imageSize } }) => [3, imageSize, imageSize],
  checkSpace,
  planOptions: ["images"],
  plan: async (run, given) => (await import("./plan.js")).planClassification(run, given),
  outcome: classificationOutcome,
};
