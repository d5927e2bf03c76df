import type { Task } from "../../task/task.js";
import { networks } from "./networks.js";
import { detectionOutcome } from "./report/outcome.js";
import { check, checkSpace, type DetectionRecipe, limits, settings } from "./settings.js";
import { detectorSpace, searchInput } from "./space.js";
import { detectionSteps } from "./steps.js";

/**
 * Search for the backbone of an object detector by DetNAS (https://arxiv.org/abs/1903.10979): its five steps, the test,
 * and an optional comparison.
 */
export const detection: Task<DetectionRecipe> = {
  name: "detection",
  settings,
  check,
  metric: "AP",
  steps: detectionSteps,
  scorer: {
    trained: "finetune",
    open: async (context) => (await import("./scoring.js")).openDetectorScorer(context),
  },
  candidates: {
    network: "detector",
    train: async (context, training) => (await import("./candidate.js")).trainCandidate(context, training),
    resample: async (context, folder, draw) =>
      (await import("./candidate.js")).resample(context, folder, draw),
  },
  networks,
  searchInput,
  constraints: limits,
  space: detectorSpace,
  checkSpace,
  planOptions: ["images", "detectionImages"],
  plan: async (run, given) => (await import("./plan.js")).planDetection(run, given),
  outcome: detectionOutcome,
};
