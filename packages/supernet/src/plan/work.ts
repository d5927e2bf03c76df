import type { Space } from "@supernet/nas";
import type { Recipe } from "../recipe/schema.js";
import { detnasSteps, type StepName } from "../steps/plan.js";
import { lengthOf } from "../training/length.js";
import { CALIBRATION_BATCHES, PROBES } from "../training/probes.js";
import { subnetsPerIteration } from "../training/sampling.js";
import type { DataFacts } from "./counts.js";

/** What a network does with an image; each has a cost and a speed of its own. */
export const ACTIVITIES = [
  "classifierTraining",
  "classifierInference",
  "detectorTraining",
  "detectorInference",
] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** One number an activity. */
export type PerActivity = Readonly<Record<Activity, number>>;

/** The work of one step. */
export interface StepWork {
  readonly step: StepName;
  /** Steps of the optimiser, or candidates scored. */
  readonly iterations: number;
  /** Images that pass through a network, as often as they do, evaluations included. */
  readonly images: PerActivity;
}

type Work = Omit<StepWork, "step">;

/**
 * The work of every step of a run of which nothing is done yet.
 * @throws UserError where a setting has no effect at these numbers of images, as the run would throw
 */
export function workOf(recipe: Recipe, space: Space, { classification, detection }: DataFacts): StepWork[] {
  const { steps } = recipe;
  const { strategy, batchNorm } = steps.search;
  const calibration = batchNorm.mode === "recalibrate" ? batchNorm.images : 0;
  const candidates = strategy.populationSize * strategy.generations;
  const searched = Math.min(detection.search, steps.search.images ?? Number.POSITIVE_INFINITY);
  const validated = Math.min(
    classification.val,
    recipe.classification.evalImages ?? Number.POSITIVE_INFINITY,
  );

  /** A training and its evaluations, of `each` images; the last one is at its end. */
  const training = (step: "pretrain" | "finetune" | "retrain" | "detector", each: number): Work => {
    const settings = steps[step];
    const classifies = step === "pretrain" || step === "retrain";
    const { iterations, evaluateEvery } = lengthOf(
      settings,
      classifies ? classification.train : detection.train,
      step,
    );
    const passes = "sampling" in settings ? subnetsPerIteration(space, settings.sampling) : 1;
    const trained = iterations * settings.batchSize * passes;
    const evaluated = Math.max(1, Math.ceil(iterations / evaluateEvery)) * each;
    const images = classifies
      ? { ...NONE, classifierTraining: trained, classifierInference: evaluated }
      : { ...NONE, detectorTraining: trained, detectorInference: evaluated };
    return { iterations, images };
  };
  const detecting = (images: number): PerActivity => ({ ...NONE, detectorInference: images });
  /** Of subnets of the supernet, each with its own batch-norm statistics. */
  const scoring = (subnets: number, images: number): number => subnets * (calibration + images);
  const retrain = training("retrain", validated);
  const detector = training("detector", searched);

  const works: Readonly<Record<StepName, () => Work>> = {
    pretrain: () =>
      training("pretrain", PROBES * (validated + CALIBRATION_BATCHES * steps.pretrain.batchSize)),
    finetune: () => training("finetune", calibration + searched),
    search: () => ({ iterations: candidates, images: detecting(scoring(candidates, searched)) }),
    retrain: () => retrain,
    detector: () => detector,
    test: () => {
      const subnets = 1 + steps.test.randomSubnets;
      return { iterations: subnets, images: detecting(detection.test + scoring(subnets, detection.test)) };
    },
    compare: () => {
      const trainedAlone =
        1 + (steps.compare?.handMade == null ? 0 : 1) + (steps.compare?.randomSubnets ?? 0);
      const alone = Array.from({ length: trainedAlone }, () => [retrain, detector]).flat();
      const contestants = 1 + trainedAlone;
      const scored =
        scoring(candidates + contestants, searched) +
        scoring(contestants, detection.test) +
        trainedAlone * detection.test;
      const images = alone.map((work) => work.images).reduce(addActivities, detecting(scored));
      return { iterations: trainedAlone, images };
    },
  };
  return detnasSteps(recipe).map(({ name }) => ({ step: name, ...works[name]() }));
}

const NONE: PerActivity = {
  classifierTraining: 0,
  classifierInference: 0,
  detectorTraining: 0,
  detectorInference: 0,
};

function addActivities(a: PerActivity, b: PerActivity): PerActivity {
  return mapActivities((activity) => a[activity] + b[activity]);
}

export function mapActivities(value: (activity: Activity) => number): PerActivity {
  return Object.fromEntries(ACTIVITIES.map((activity) => [activity, value(activity)])) as PerActivity;
}

/** The sum over activities of images times what each image takes. */
export function totalOf(images: PerActivity, perImage: PerActivity): number {
  // An activity that does not occur may have no finite cost an image: it takes nothing.
  return ACTIVITIES.reduce(
    (sum, activity) => sum + (images[activity] === 0 ? 0 : images[activity] * perImage[activity]),
    0,
  );
}
