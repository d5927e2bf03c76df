import type { Posterior } from "./gaussian-process.js";

/**
 * Returns the indices of `count` points to observe together. Each is the point with the largest mean plus `exploration`
 * standard deviations, given that the earlier ones were observed at their mean. This leaves the means unchanged and
 * reduces the uncertainty around them (GP-BUCB, Desautels et al., JMLR 2014).
 */
export function upperConfidenceBatch(posterior: Posterior, count: number, exploration: number): number[] {
  const { mean, noise } = posterior;
  const covariance = posterior.covariance.clone();
  const left = new Set(mean.keys());
  const batch: number[] = [];
  while (batch.length < count && left.size > 0) {
    let best: { place: number; bound: number } | undefined;
    for (const place of left) {
      const bound = mean[place]! + exploration * Math.sqrt(Math.max(0, covariance.get(place, place)));
      if (best === undefined || bound > best.bound) best = { place, bound };
    }
    const { place } = best!;
    batch.push(place);
    left.delete(place);
    const shared = covariance.getColumnVector(place);
    const variance = covariance.get(place, place) + noise;
    if (variance > 0) covariance.sub(shared.mmul(shared.transpose()).div(variance));
  }
  return batch;
}
