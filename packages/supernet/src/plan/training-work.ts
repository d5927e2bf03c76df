import type { TrainingSettings } from "../recipe/training-schema.js";
import { lengthOf } from "../training/length.js";

/** Iterations and images of a training. */
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
  settings: TrainingSettings,
  images: number,
  each: number,
  step: string,
): TrainingWork {
  const { iterations, evaluateEvery } = lengthOf(settings, images, step);
  return {
    iterations,
    trained: iterations * settings.batchSize,
    evaluated: Math.max(1, Math.ceil(iterations / evaluateEvery)) * each,
  };
}
