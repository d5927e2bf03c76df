import { strategyTitle } from "../../recipe/strategy.js";
import { commonInputs, resultSettings, searchSettings } from "../../task/inputs.js";
import type { Task } from "../../task/task.js";
import { checkSpace } from "./check-space.js";
import { networks } from "./networks.js";
import { classificationOutcome } from "./report/outcome.js";
import {
  type ClassificationContext,
  type ClassificationRecipe,
  type ClassificationRun,
  check,
  settings,
} from "./settings.js";
import { STEP_KINDS, type StepName, stepNames } from "./step-names.js";

/** A search for a classifier: the supernet is trained and searched, what is found is trained by itself and tested. */
export const classification: Task<ClassificationRecipe> = {
  name: "classification",
  settings,
  check,
  metric: "accuracy",
  steps(recipe) {
    const inputs = stepInputs(recipe);
    return stepNames(recipe).map((name) => ({
      name,
      kind: STEP_KINDS[name],
      title: titleOf(recipe, name),
      inputs: inputs[name],
      metric: "accuracy",
      check: name === "test" ? checkTestImages : checkTrainingImages,
      run: async (context: ClassificationContext) => (await import("./bodies.js"))[name](context),
    }));
  },
  scorer: {
    trained: "train",
    open: async (context) => (await import("./scorer.js")).openClassifierScorer(context),
  },
  networks,
  searchInput: ({ classification: { imageSize } }) => [3, imageSize, imageSize],
  checkSpace,
  planOptions: ["images"],
  plan: async (run, given) => (await import("./plan.js")).planClassification(run, given),
  outcome: classificationOutcome,
};

const checkTrainingImages = async (run: ClassificationRun) =>
  (await import("./check-data.js")).checkTrainingImages(run);
const checkTestImages = async (run: ClassificationRun) =>
  (await import("./check-data.js")).checkTestImages(run);

function titleOf({ steps }: ClassificationRecipe, name: StepName): string {
  switch (name) {
    case "train":
      return "supernet training";
    case "search":
      return `${strategyTitle(steps.search.strategy)} by accuracy on held-out images`;
    case "retrain":
      return steps.retrain?.start === "scratch"
        ? "training the found subnet from scratch"
        : "fine-tuning the found subnet";
    case "test":
      return "test on images that no step has seen";
  }
}

/** What each step's result depends on, besides the results of earlier steps. */
function stepInputs(recipe: ClassificationRecipe): Readonly<Record<StepName, unknown>> {
  const { classification, steps } = recipe;
  const { batchSize, images, randomSubnets } = steps.test;
  return {
    train: [commonInputs(recipe), classification, resultSettings(steps.train)],
    search: searchSettings(steps.search),
    retrain: steps.retrain && resultSettings(steps.retrain),
    // Only the report depends on the sample images.
    test: [batchSize, images, randomSubnets],
  };
}
