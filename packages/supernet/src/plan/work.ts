import { requireInteger, requireObject, requireOptions, requireString } from "@supernet/base";
import type { Space } from "@supernet/nas";
import type { Activity, PerActivity } from "../task/plan.js";
import { largestIterations } from "../training/largest-first.js";
import { pooledImages, subnetsPerIteration } from "../training/sampling.js";
import type { SamplingRecipe } from "../training/sampling.settings.js";
import { resolveSchedule } from "../training/schedule.js";
import type { TrainingSettings } from "../training/settings.js";

const entries = (values: PerActivity) => Object.entries(values) as [Activity, number][];

/** Adds two numbers per activity. */
export function addActivities(a: PerActivity, b: PerActivity): PerActivity {
  return { ...a, ...mapActivities(b, (n, activity) => n + (a[activity] ?? 0)) };
}

/** Converts the number of each activity. */
export function mapActivities(
  values: PerActivity,
  map: (value: number, activity: Activity) => number,
): PerActivity {
  return Object.fromEntries(entries(values).map(([activity, n]) => [activity, map(n, activity)]));
}

/** Returns the total number of images over all activities. */
export const sumImages = (images: PerActivity): number => entries(images).reduce((sum, [, n]) => sum + n, 0);

/** Returns the total cost: the sum over activities of the number of images times the cost of each image. */
export function sumCost(images: PerActivity, perImage: PerActivity): number {
  // An activity that does not occur costs nothing, even if its cost per image is infinite.
  return entries(images).reduce((sum, [activity, n]) => sum + (n === 0 ? 0 : n * perImage[activity]!), 0);
}

/** Work of a training. An image is counted each time it passes through the network. */
export interface TrainingWork {
  readonly iterations: number;
  /** Number of images in training passes. */
  readonly trained: number;
  /** Number of images in evaluations. */
  readonly evaluated: number;
}

/** Values other than its settings that the work of a training depends on. */
export interface TrainingWorkOptions {
  /** Name of the step, for messages. */
  readonly step: string;
  readonly space: Space;
  /** Number of images in the training set. */
  readonly images: number;
  /** Number of images per evaluation. The last evaluation is at the end of the training. */
  readonly imagesPerEvaluation: number;
}

/**
 * Counts the iterations and images of a training, for a task's plan.
 * @throws UserError if a setting has no effect with that number of images (the run would throw too)
 * @example
 * const training = recipe.steps.train;
 * const { trained } = trainingWork(training, { step: "train", space, images: 50_000, imagesPerEvaluation: 5_000 });
 */
export function trainingWork(
  settings: TrainingSettings & { readonly sampling?: SamplingRecipe },
  options: TrainingWorkOptions,
): TrainingWork {
  requireObject("trainingWork: settings", settings);
  const keys = ["step", "space", "images", "imagesPerEvaluation"] as const;
  requireOptions<TrainingWorkOptions>("trainingWork", options, keys);
  const { step, space, images, imagesPerEvaluation } = options;
  requireString("trainingWork: step", step);
  requireObject("trainingWork: space", space);
  requireInteger("trainingWork: images", images, { min: 0 });
  requireInteger("trainingWork: imagesPerEvaluation", imagesPerEvaluation, { min: 0 });
  const { iterations, evaluateEvery } = resolveSchedule(settings, images, step);
  const { sampling } = settings;
  const first = sampling ? largestIterations(sampling, iterations) : 0;
  const passes = sampling ? subnetsPerIteration(space, sampling) : 1;
  return {
    iterations,
    trained: settings.batchSize * (first + (iterations - first) * passes),
    evaluated:
      Math.max(1, Math.ceil(iterations / evaluateEvery)) * imagesPerEvaluation +
      (sampling ? pooledImages(sampling, iterations - first) : 0),
  };
}
