import type { Space } from "@supernet/nas";
import { subnetsPerIteration } from "../training/sampling.js";
import type { SamplingRecipe } from "../training/sampling.settings.js";
import { resolveSchedule } from "../training/schedule.js";
import type { TrainingSettings } from "../training/settings.js";

/** Iterations of a training, and images that pass through its network, as often as they do. */
export interface TrainingWork {
  readonly iterations: number;
  readonly trained: number;
  readonly evaluated: number;
}

/**
 * @param images in the training set
 * @param each images that an evaluation takes; the last one is at the training's end
 * @throws UserError where a setting has no effect at that number of images, as the run would throw
 */
export function trainingWork(
  settings: TrainingSettings & { readonly sampling?: SamplingRecipe },
  space: Space,
  images: number,
  each: number,
  step: string,
): TrainingWork {
  const { iterations, evaluateEvery } = resolveSchedule(settings, images, step);
  const passes = settings.sampling ? subnetsPerIteration(space, settings.sampling) : 1;
  return {
    iterations,
    trained: iterations * settings.batchSize * passes,
    evaluated: Math.max(1, Math.ceil(iterations / evaluateEvery)) * each,
  };
}
