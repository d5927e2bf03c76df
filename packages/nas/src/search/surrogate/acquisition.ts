import type { Posterior } from "./gaussian-process.js";

/** A value that was observed, or is assumed, for resources of its own. */
export interface Observed {
  readonly value: number;
  readonly resources: readonly number[];
}

/** The trade-off that a batch is to improve: between the values of points and their resources. */
export interface TradeOff extends Front {
  /** Resources of each point, all to be minimized. */
  readonly resources: readonly (readonly number[])[];
}

/** The best trade-offs so far. */
export interface Front {
  readonly observed: readonly Observed[];
  /** Worst value so far, for points with fewer resources than all of the front. */
  readonly worst: number;
}

/**
 * Returns the indices of `count` points to observe together. Each is the point with the largest mean plus `exploration`
 * standard deviations, given that the earlier ones were observed at their mean. This leaves the means unchanged and
 * reduces the uncertainty around them (GP-BUCB, Desautels et al., JMLR 2014).
 *
 * @param tradeOff if given, each is the point whose bound exceeds the front's value at its resources the most
 */
export function upperConfidenceBatch(
  { mean, noise, covariance: prior }: Posterior,
  count: number,
  { exploration, tradeOff }: { readonly exploration: number; readonly tradeOff?: TradeOff },
): number[] {
  const covariance = prior.clone();
  const left = new Set(mean.keys());
  const reference =
    tradeOff === undefined
      ? undefined
      : tradeOff.resources.map((resources) => frontValue(tradeOff, resources));
  const batch: number[] = [];
  while (batch.length < count && left.size > 0) {
    let best: { place: number; gain: number } | undefined;
    for (const place of left) {
      const bound = mean[place]! + exploration * Math.sqrt(Math.max(0, covariance.get(place, place)));
      const gain = bound - (reference?.[place] ?? 0);
      if (best === undefined || gain > best.gain) best = { place, gain };
    }
    const { place } = best!;
    batch.push(place);
    left.delete(place);
    const shared = covariance.getColumnVector(place);
    const variance = covariance.get(place, place) + noise;
    if (variance > 0) covariance.sub(shared.mmul(shared.transpose()).div(variance));
    if (tradeOff === undefined) continue;
    const chosen = { value: mean[place]!, resources: tradeOff.resources[place]! };
    for (const other of left) {
      if (isWithin(chosen.resources, tradeOff.resources[other]!))
        reference![other] = Math.max(reference![other]!, chosen.value);
    }
  }
  return batch;
}

/** Returns the front's value at some resources: the best that was observed within them. */
export function frontValue({ observed, worst }: Front, limits: readonly number[]): number {
  const within = observed.filter(({ resources }) => isWithin(resources, limits));
  return Math.max(worst, ...within.map(({ value }) => value));
}

const isWithin = (resources: readonly number[], limits: readonly number[]): boolean =>
  resources.every((resource, i) => resource <= limits[i]!);
