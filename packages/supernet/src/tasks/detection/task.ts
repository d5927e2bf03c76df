import { strategyTitle } from "../../recipe/strategy.js";
import { commonInputs, resultSettings, searchSettings, withCode } from "../../task/inputs.js";
import type { Task } from "../../task/task.js";
import { checkSpace } from "./check-space.js";
import { networks } from "./networks.js";
import { detectionOutcome } from "./report/outcome.js";
import {
  check,
  type DetectionContext,
  type DetectionRecipe,
  type DetectionRun,
  settings,
} from "./settings.js";
import { STEP_KINDS, type StepName, stepNames } from "./step-names.js";

/** A search for the backbone of an object detector by DetNAS: its five steps, the test, and a comparison if asked for. */
export const detection: Task<DetectionRecipe> = {
  name: "detection",
  settings,
  check,
  metric: "AP",
  steps(recipe) {
    const inputs = stepInputs(recipe);
    return stepNames(recipe).map((name) => ({
      name,
      kind: STEP_KINDS[name],
      title: name === "search" ? `${strategyTitle(recipe.steps.search.strategy)} by box AP` : titles[name],
      inputs: inputs[name],
      ...(CLASSIFYING.includes(name)
        ? { metric: "accuracy", check: checkClassification }
        : { metric: "AP", check: checkDetection }),
      run: async (context: DetectionContext) => (await import("./bodies.js"))[name](context),
    }));
  },
  scorer: {
    trained: "finetune",
    open: async (context) => (await import("./scorer.js")).openDetectorScorer(context),
  },
  networks,
  searchInput: ({ steps }) => steps.search.input,
  checkSpace,
  planOptions: ["images", "detectionImages"],
  plan: async (run, given) => (await import("./plan.js")).planDetection(run, given),
  outcome: detectionOutcome,
};

/** Steps on labeled images; the others are on images with boxes. */
const CLASSIFYING: readonly StepName[] = ["pretrain", "retrain"];

const checkClassification = async (run: DetectionRun) =>
  (await import("./check-data.js")).checkClassification(run);
const checkDetection = async (run: DetectionRun) => (await import("./check-data.js")).checkDetection(run);

const titles: Readonly<Record<Exclude<StepName, "search">, string>> = {
  pretrain: "supernet pre-training for classification",
  finetune: "supernet fine-tuning inside the detector",
  retrain: "retraining the found subnet for classification",
  detector: "fine-tuning the found subnet inside the detector",
  test: "test on images that no step has seen",
  compare: "comparison with networks that are trained alike",
};

/** What each step's result depends on, besides the results of earlier steps. */
function stepInputs(recipe: DetectionRecipe): Readonly<Record<StepName, unknown>> {
  const { classification, detection, detector, steps } = recipe;
  const { batchNorm, batchSize, images } = steps.search;
  return {
    pretrain: [commonInputs(recipe), classification, resultSettings(steps.pretrain)],
    // It is evaluated as the search evaluates, which decides its best weights.
    finetune: [
      detection,
      detector.kind === "file" ? withCode(detector) : detector,
      resultSettings(steps.finetune),
      { batchNorm, batchSize, images },
    ],
    search: searchSettings(steps.search),
    retrain: resultSettings(steps.retrain),
    detector: resultSettings(steps.detector),
    // Only the report depends on the sample images.
    test: [steps.test.batchSize, steps.test.randomSubnets],
    compare: steps.compare,
  };
}
