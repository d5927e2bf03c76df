import { UserError } from "@supernet/base";
import type { TrainingSettings } from "./settings.js";

/** Schedule of a training in iterations, converted from the epochs in its recipe. */
export interface IterationSchedule {
  readonly iterations: number;
  /** Iterations per epoch. Images that do not fill a batch are dropped; each epoch has a different order. */
  readonly perEpoch: number;
  /** Iterations between evaluations; Infinity if the model is evaluated only at the end. */
  readonly evaluateEvery: number;
  /** Iterations of the warm-up, during which the learning rate rises; 0 = none. */
  readonly warmup: number;
  /** Iterations at which the learning rate drops. */
  readonly milestones: readonly number[];
}

/**
 * Converts the settings of a training to iterations.
 * @param images number of images in the training set
 * @param step name of the step, for messages
 * @throws UserError if a setting would take effect only after the last iteration
 */
export function resolveSchedule(settings: TrainingSettings, images: number, step: string): IterationSchedule {
  const { epochs, batchSize, evaluateEvery, schedule, warmup } = settings;
  const perEpoch = Math.max(1, Math.floor(images / batchSize));
  const toIterations = (value: number) => Math.max(1, Math.round(value * perEpoch));
  const resolved: IterationSchedule = {
    iterations: toIterations(epochs),
    perEpoch,
    evaluateEvery: evaluateEvery === null ? Number.POSITIVE_INFINITY : toIterations(evaluateEvery),
    warmup: warmup ? (warmup.iterations ?? toIterations(warmup.epochs!)) : 0,
    milestones: schedule.kind === "multi-step" ? schedule.milestones.map(toIterations) : [],
  };
  const { iterations } = resolved;
  const unused = (key: string, iteration: number): UserError =>
    new UserError(
      `steps.${step}.${key}: iteration ${iteration} is after the last iteration (${iterations}): ` +
        "use a smaller value, or increase epochs",
    );
  const lateMilestone = resolved.milestones.find((milestone) => milestone >= iterations);
  if (lateMilestone !== undefined) throw unused("schedule.milestones", lateMilestone);
  if (evaluateEvery !== null && resolved.evaluateEvery >= iterations) {
    throw unused("evaluateEvery", resolved.evaluateEvery);
  }
  if (resolved.warmup > iterations) throw unused("warmup.iterations", resolved.warmup);
  return resolved;
}
