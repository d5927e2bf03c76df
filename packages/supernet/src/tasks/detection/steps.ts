import { CALIBRATE_STEP } from "../../candidates/step.js";
import { checkRuntime } from "../../latency/open-runtime.js";
import { LATENCY_STEP } from "../../latency/table-file.js";
import { measuredLatency } from "../../recipe/search.js";
import { strategyTitle } from "../../recipe/strategy.js";
import { commonInputs, resultSettings, searchSettings, withCode } from "../../task/inputs.js";
import type { TaskStep } from "../../task/task.js";
import { memberWeights } from "./front/members.js";
import { type DetectionRecipe, type DetectionRun, limits } from "./settings.js";

const checkClassification = async (run: DetectionRun) => (await import("./data.js")).checkClassification(run);
async function checkAllImages(run: DetectionRun): Promise<void> {
  await checkClassification(run);
  await checkDetection(run);
}
async function checkDetection(run: DetectionRun): Promise<void> {
  await (await import("./data.js")).checkDetection(run);
  await (await import("./detector.js")).checkUserDetector(run);
}

/**
 * Returns the steps of a run, in order: the five steps of DetNAS, the test, and the comparison if the recipe has one.
 */
export function detectionSteps(recipe: DetectionRecipe): TaskStep<DetectionRecipe>[] {
  const { classification, detection, detector: detectorSettings, steps } = recipe;
  const { pretrain, finetune, search, calibrate, front, retrain, detector, test, compare } = steps;
  const { batchNorm, batchSize, images } = search;
  const onLabels = { metric: "accuracy", check: checkClassification } as const;
  const onBoxes = { metric: "AP", check: checkDetection } as const;
  const measured = measuredLatency(search);
  const { data: _, filterEmpty: __, ...imageSettings } = detection;
  const onPrefilter = { metric: "AP", check: checkAllImages } as const;
  const shared = [commonInputs(recipe), classification];
  return [
    ...only(measured, (settings) => ({
      name: LATENCY_STEP,
      kind: "latency",
      title: `latency of the networks in ${settings.measure}`,
      inputs: [commonInputs(recipe), detectorSettings, imageSettings, search.input, settings],
      check: () => checkRuntime(settings.measure),
      run: async (context) => (await import("../../search/latency-step.js")).measureRunTable(context),
    })),
    ...only(pretrain, (settings) => ({
      ...onLabels,
      name: "pretrain",
      kind: "training",
      title: "supernet pre-training for classification",
      inputs: [...shared, resultSettings(settings)],
      run: async (context) => (await import("./training-steps.js")).pretrain(context),
    })),
    {
      ...onBoxes,
      name: "finetune",
      kind: "training",
      title: pretrain ? "supernet fine-tuning inside the detector" : "supernet training inside the detector",
      // The supernet is evaluated in the same way as candidates in the search, and the evaluations select its best
      // weights.
      inputs: [
        ...(pretrain ? [] : shared),
        detection,
        detectorSettings.kind === "file" ? withCode(detectorSettings) : detectorSettings,
        resultSettings(finetune),
        { batchNorm, batchSize, images },
      ],
      needs: pretrain ? ["pretrain"] : [],
      run: async (context) => (await import("./training-steps.js")).finetune(context),
    },
    {
      ...(search.prefilter ? onPrefilter : onBoxes),
      name: "search",
      kind: "search",
      title: `${strategyTitle(search.strategy)} by box AP`,
      inputs: searchSettings({ ...search, constraints: limits(recipe) }),
      needs: ["finetune"],
      run: async (context) => (await import("./search-step.js")).search(context),
    },
    ...only(calibrate, (settings) => ({
      ...onBoxes,
      name: CALIBRATE_STEP,
      kind: "calibration",
      title: "calibration of the scores by candidates that are trained alone",
      inputs: [settings.candidates, settings.batch, resultSettings(settings.training)],
      needs: ["finetune"],
      run: async (context) => (await import("../../candidates/calibrate.js")).calibrate(context, settings),
    })),
    ...only(front, (settings) => ({
      ...onBoxes,
      name: "front",
      kind: "front",
      title: `ready detectors of the front, ${memberWeights(steps)}`,
      inputs: [settings.members, settings.finetune && resultSettings(settings.finetune)],
      needs: ["finetune"],
      run: async (context) => (await import("./front/front-step.js")).makeFront(context),
    })),
    ...only(retrain, (settings) => ({
      ...onLabels,
      name: "retrain",
      kind: "training",
      title: "retraining the found subnet for classification",
      inputs: resultSettings(settings),
      run: async (context) => (await import("./training-steps.js")).retrain(context),
    })),
    ...only(detector, (settings) => ({
      ...onBoxes,
      name: "detector",
      kind: "training",
      title: "fine-tuning the found subnet inside the detector",
      inputs: resultSettings(settings),
      needs: settings.init ? [] : [settings.start === "inherited" ? "finetune" : "retrain"],
      run: async (context) => (await import("./training-steps.js")).trainDetector(context),
    })),
    {
      ...onBoxes,
      name: "test",
      kind: "test",
      title: "test on unseen images",
      // The sample images affect only the report.
      inputs: [test.batchSize, test.randomSubnets],
      needs: [detector ? "detector" : "front"],
      run: async (context) => (await import("./test-step.js")).test(context),
    },
    ...only(compare, (settings) => ({
      ...onBoxes,
      name: "compare",
      kind: "comparison",
      title: "comparison with networks trained in the same way",
      inputs: settings,
      needs: ["finetune"],
      run: async (context) => (await import("./compare-step.js")).compare(context),
    })),
  ];
}

/** Returns a step if the recipe has settings for it. */
const only = <S>(
  settings: S | null | undefined,
  step: (settings: S) => TaskStep<DetectionRecipe>,
): TaskStep<DetectionRecipe>[] => (settings === null || settings === undefined ? [] : [step(settings)]);
