import { Random, requireInteger, requireOptions } from "@supernet/base";

/** Order in which batches visit the images of a set. */
export interface BatchOrder {
  readonly seed: number;
  /** Number of images in the set. */
  readonly images: number;
  readonly batchSize: number;
  /**
   * Number of times that each image occurs consecutively, each time with another augmentation. The length of an epoch
   * does not change, as in DeiT. Default: 1. See [Hoffer et al., "Augment Your
   * Batch"](https://arxiv.org/abs/1901.09335), 2020.
   */
  readonly repeats?: number;
}

/**
 * Returns the indices of the images in one iteration's batch. Every epoch has its own order, which depends on seed and
 * epoch and is divided into complete batches. A resumed run therefore needs only the iteration's number. If the set is
 * smaller than a batch, images are repeated.
 */
export function batchIndices(order: BatchOrder, iteration: number): number[] {
  requireOptions<BatchOrder>("batchIndices", order, ["seed", "images", "batchSize", "repeats"]);
  const { seed, images, batchSize, repeats = 1 } = order;
  requireInteger("batchIndices: seed", seed);
  requireInteger("batchIndices: images", images, { min: 1 });
  requireInteger("batchIndices: batchSize", batchSize, { min: 1 });
  requireInteger("batchIndices: repeats", repeats, { min: 1 });
  requireInteger("batchIndices: iteration", iteration, { min: 0 });
  const perEpoch = Math.max(1, Math.floor(images / batchSize));
  const indices = epochOrder(seed, Math.floor(iteration / perEpoch), images);
  const start = (iteration % perEpoch) * batchSize;
  return Array.from({ length: batchSize }, (_, i) => indices[Math.floor(((start + i) % images) / repeats)]!);
}

let latest: { readonly key: string; readonly order: Uint32Array } | undefined;

/**
 * Returns the integers from 0 to n - 1 in the order of an epoch. Caches the latest, which takes time for large sets.
 */
export function epochOrder(seed: number, epoch: number, n: number): Uint32Array {
  requireInteger("epochOrder: seed", seed);
  requireInteger("epochOrder: epoch", epoch, { min: 0 });
  requireInteger("epochOrder: n", n, { min: 0 });
  const key = `${seed} ${epoch} ${n}`;
  if (latest?.key !== key) {
    latest = { key, order: Uint32Array.from(Random.of(seed, "order", epoch).permutation(n)) };
  }
  return latest.order;
}
