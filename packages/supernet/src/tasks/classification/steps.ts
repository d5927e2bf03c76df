import { CALIBRATE_STEP } from "../../candidates/step.js";
import { strategyTitle } from "../../recipe/strategy.js";
import { commonInputs, resultSettings, searchSettings } from "../../task/inputs.js";
import type { TaskStep } from "../../task/task.js";
import type { ClassificationRecipe, ClassificationRun } from "./settings.js";

const checkTrainingImages = async (run: ClassificationRun) =>
  (await import("./images.js")).checkTrainingImages(run);
const checkTestImages = async (run: ClassificationRun) => (await import("./images.js")).checkTestImages(run);

/** Returns the steps of a run, in order. */
export function classificationSteps(recipe: ClassificationRecipe): TaskStep<ClassificationRecipe>[] {
  const { classification, steps } = recipe;
  const { train, search, calibrate, retrain, test, compare } = steps;
  const training = { kind: "training", metric: "accuracy", check: checkTrainingImages } as const;
  return [
    {
      ...training,
      name: "train",
      title: "supernet training",
      inputs: [commonInputs(recipe), classification, resultSettings(train)],
      run: async (context) => (await import("./training-steps.js")).train(context),
    },
    {
      name: "search",
      kind: "search",
      title: `${strategyTitle(search.strategy)} by accuracy on held-out images`,
      inputs: searchSettings(search),
      needs: ["train"],
      metric: "accuracy",
      check: checkTrainingImages,
      run: async (context) => (await import("./search-step.js")).search(context),
    },
    ...(calibrate === null
      ? []
      : [
          {
            name: CALIBRATE_STEP,
            kind: "calibration",
            title: "calibration of the scores by candidates that are trained alone",
            inputs: [calibrate.candidates, calibrate.batch, resultSettings(calibrate.training)],
            needs: ["train"],
            metric: "accuracy",
            check: checkTrainingImages,
            run: async (context) => (await import("./calibrate-step.js")).calibrateScores(context),
          } satisfies TaskStep<ClassificationRecipe>,
        ]),
    ...(retrain === null
      ? []
      : [
          {
            ...training,
            name: "retrain",
            title:
              retrain.start === "scratch"
                ? "training the found subnet from scratch"
                : "fine-tuning the found subnet",
            inputs: resultSettings(retrain),
            needs:
              retrain.start === "inherited" && !retrain.init ? [calibrate ? CALIBRATE_STEP : "search"] : [],
            run: async (context) => (await import("./training-steps.js")).retrain(context),
          } satisfies TaskStep<ClassificationRecipe>,
        ]),
    {
      name: "test",
      kind: "test",
      title: "test on unseen images",
      // The sample images affect only the report.
      inputs: [test.batchSize, test.images, test.randomSubnets],
      needs: [retrain ? "retrain" : calibrate ? CALIBRATE_STEP : "search"],
      metric: "accuracy",
      check: checkTestImages,
      run: async (context) => (await import("./test-step.js")).test(context),
    },
    ...(compare === null
      ? []
      : [
          {
            name: "compare",
            kind: "comparison",
            title: "comparison with networks trained in the same way",
            inputs: compare,
            needs: ["train"],
            metric: "accuracy",
            check: checkTestImages,
            run: async (context) => (await import("./compare-step.js")).compare(context),
          } satisfies TaskStep<ClassificationRecipe>,
        ]),
  ];
}
