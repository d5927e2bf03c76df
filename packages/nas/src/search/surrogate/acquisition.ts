import type { Posterior } from "./gaussian-process.js";

/**
 * The places of `count` points that are worth observing together: one after the other the point with the greatest mean
 * plus `exploration` deviations, each time as if those before it had been observed at their mean, which leaves the
 * means as they are and lessens the uncertainty around them (GP-BUCB, Desautels et al., JMLR 2014).
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
