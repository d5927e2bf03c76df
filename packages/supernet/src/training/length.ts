import { UserError } from "@supernet/base";
import type { TrainingSettings } from "../recipe/training-schema.js";

/** What a recipe gives in epochs, in iterations. */
export interface Length {
  readonly iterations: number;
  /** Of one pass over the images; what does not fill a batch is left to the next pass's order. */
  readonly perEpoch: number;
  /** Between evaluations; infinity where only the end is evaluated. */
  readonly evaluateEvery: number;
  /** Over which the learning rate rises; 0 where it begins at its peak. */
  readonly warmup: number;
  /** Where the learning rate drops. */
  readonly milestones: readonly number[];
}

/**
 * @param images in the training set
 * @param step names the settings in messages
 * @throws UserError where the training ends before a setting comes to bear
 */
export function lengthOf(settings: TrainingSettings, images: number, step: string): Length {
  const { epochs, batchSize, evaluateEvery, schedule, warmup } = settings;
  const perEpoch = Math.max(1, Math.floor(images / batchSize));
  const toIterations = (given: number) => Math.max(1, Math.round(given * perEpoch));
  const length: Length = {
    iterations: toIterations(epochs),
    perEpoch,
    evaluateEvery: evaluateEvery === null ? Number.POSITIVE_INFINITY : toIterations(evaluateEvery),
    warmup: warmup ? (warmup.iterations ?? toIterations(warmup.epochs!)) : 0,
    milestones: schedule.kind === "multi-step" ? schedule.milestones.map(toIterations) : [],
  };
  const { iterations } = length;
  const unused = (key: string, at: number): UserError =>
    new UserError(
      `steps.${step}.${key}: iteration ${at} lies past the training's ${iterations}: lower it or raise epochs`,
    );
  const past = length.milestones.find((milestone) => milestone >= iterations);
  if (past !== undefined) throw unused("schedule.milestones", past);
  if (evaluateEvery !== null && length.evaluateEvery >= iterations) {
    throw unused("evaluateEvery", length.evaluateEvery);
  }
  if (length.warmup > iterations) throw unused("warmup.iterations", length.warmup);
  return length;
}
