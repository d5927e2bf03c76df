import { requireFunction, requireNumber, requireOptions } from "@supernet/base";

/** Factor on the base learning rate, by iteration from 0. A pure function, so a resumed run needs no state. */
export type Schedule = (iteration: number) => number;

/** Schedule that keeps the base learning rate. */
export const constant: Schedule = (iteration) => {
  requireNumber("constant: iteration", iteration);
  return 1;
};

/**
 * Falls from 1 to `end` over `iterations`, as a power of the remaining fraction.
 * @param options.power default: 1, which is linear
 * @param options.end default: 0
 */
export function polynomial(iterations: number, options: { power?: number; end?: number } = {}): Schedule {
  requireOptions<{ power: number; end: number }>("polynomial", options, ["power", "end"]);
  const { power = 1, end = 0 } = options;
  requireNumber("polynomial: iterations", iterations, { min: 0 });
  requireNumber("polynomial: power", power);
  requireNumber("polynomial: end", end);
  return (iteration) => end + (1 - end) * (1 - progress(iteration, iterations)) ** power;
}

/**
 * Falls from 1 to `end` over `iterations` along half a cosine.
 * See [Loshchilov and Hutter, SGDR](https://arxiv.org/abs/1608.03983), 2017.
 *
 * @example
 * const schedule = optim.cosine(10_000);
 * optimizer.lr = 0.1 * schedule(iteration);
 *
 * @param options.end default: 0
 */
export function cosine(iterations: number, options: { end?: number } = {}): Schedule {
  requireOptions<{ end: number }>("cosine", options, ["end"]);
  const { end = 0 } = options;
  requireNumber("cosine: iterations", iterations, { min: 0 });
  requireNumber("cosine: end", end);
  return (iteration) => end + ((1 - end) * (1 + Math.cos(Math.PI * progress(iteration, iterations)))) / 2;
}

/** Multiplies by `gamma` at each milestone. Default of `gamma`: 0.1. */
export function multiStep(milestones: readonly number[], options: { gamma?: number } = {}): Schedule {
  requireOptions<{ gamma: number }>("multiStep", options, ["gamma"]);
  const { gamma = 0.1 } = options;
  if (!Array.isArray(milestones)) throw new TypeError("multiStep: milestones must be an array of numbers");
  for (const milestone of milestones) requireNumber("multiStep: milestones", milestone, { min: 0 });
  requireNumber("multiStep: gamma", gamma);
  return (iteration) => {
    requireNumber("the schedule's iteration", iteration);
    return gamma ** milestones.filter((milestone) => iteration >= milestone).length;
  };
}

/**
 * Multiplies a schedule by a factor that rises linearly from `start` to 1 over the first `iterations`. The schedule
 * itself counts from iteration 0, as in detectron2 and mmdetection.
 * @param options.start default: 0
 */
export function withWarmup(
  schedule: Schedule,
  iterations: number,
  options: { start?: number } = {},
): Schedule {
  requireFunction("withWarmup: schedule", schedule);
  requireOptions<{ start: number }>("withWarmup", options, ["start"]);
  const { start = 0 } = options;
  requireNumber("withWarmup: iterations", iterations, { min: 0 });
  requireNumber("withWarmup: start", start);
  return (iteration) => schedule(iteration) * (start + (1 - start) * progress(iteration, iterations));
}

/** Returns the completed fraction of `total`, on [0, 1]; 1 if `total` is 0. */
function progress(iteration: number, total: number): number {
  requireNumber("the schedule's iteration", iteration);
  return total <= 0 ? 1 : Math.min(Math.max(iteration / total, 0), 1);
}
