/** A factor on the base learning rate, by iteration from 0. Pure, so that a resumed run needs no state. */
export type Schedule = (iteration: number) => number;

export const constant: Schedule = () => 1;

/** From 1 to `end` over `iterations` as a power of what remains; power 1 falls in a straight line. */
export function polynomial(iterations: number, options: { power?: number; end?: number } = {}): Schedule {
  const { power = 1, end = 0 } = options;
  return (iteration) => end + (1 - end) * (1 - progress(iteration, iterations)) ** power;
}

/** From 1 to `end` over `iterations` along half a cosine. Loshchilov and Hutter, SGDR, 2017. */
export function cosine(iterations: number, options: { end?: number } = {}): Schedule {
  const { end = 0 } = options;
  return (iteration) => end + ((1 - end) * (1 + Math.cos(Math.PI * progress(iteration, iterations)))) / 2;
}

/** Times `gamma` (0.1 unless told) from each milestone on. */
export function multiStep(milestones: readonly number[], options: { gamma?: number } = {}): Schedule {
  const { gamma = 0.1 } = options;
  return (iteration) => gamma ** milestones.filter((milestone) => iteration >= milestone).length;
}

/**
 * A schedule times a straight line from `start` to 1 over the first `iterations`; the schedule keeps its own
 * count from 0, as the field's detectors have it.
 */
export function withWarmup(
  schedule: Schedule,
  iterations: number,
  options: { start?: number } = {},
): Schedule {
  const { start = 0 } = options;
  return (iteration) => schedule(iteration) * (start + (1 - start) * progress(iteration, iterations));
}

/** The part of `total` that is done, on [0, 1]; all of it where there is nothing to do. */
function progress(iteration: number, total: number): number {
  return total <= 0 ? 1 : Math.min(Math.max(iteration / total, 0), 1);
}
