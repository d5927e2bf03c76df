import { requireInteger, requireObject, requireOptions, requireString } from "@supernet/base";
import type { Space } from "@supernet/nas";
import type { Activity, PerActivity } from "../task/plan.js";
import { subnetsPerIteration } from "../training/sampling.js";
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

/** Returns the number of images of all activities together. */
export const sumImages = (images: PerActivity): number => entries(images).reduce((sum, [, n]) => sum + n, 0);

/** Returns the total cost: the sum over activities of the number of images times the cost of each image. */
export function sumCost(images: PerActivity, perImage: PerActivity): number {
  // An activity that does not occur may have an infinite cost per image: it costs nothing.
  return entries(images).reduce((sum, [activity, n]) => sum + (n === 0 ? 0 : n * perImage[activity]!), 0);
}

/** Number of iterations of a training, and of images that pass through its network, counted every time they do. */
export interface TrainingWork {
  readonly iterations: number;
  readonly trained: number;
  readonly evaluated: number;
}

/** What the work of a training depends on, besides its settings. */
export interface TrainingWorkOptions {
  readonly step: string;
  readonly space: Space;
  /** Number of images in the training set. */
  readonly images: number;
  /** Number of images that an evaluation takes. The last evaluation is at the end of the training. */
  readonly imagesPerEvaluation: number;
}

/**
 * Counts the work of a training.
 * @throws UserError if a setting has no effect with that number of images, as the run would throw
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
  const passes = settings.sampling ? subnetsPerIteration(space, settings.sampling) : 1;
  return {
    iterations,
    trained: iterations * settings.batchSize * passes,
    evaluated: Math.max(1, Math.ceil(iterations / evaluateEvery)) * imagesPerEvaluation,
  };
}
