import { Random, requireInteger, requireOptions } from "@supernet/base";

export interface BatchOrder {
  readonly seed: number;
  /** Images in the set. */
  readonly images: number;
  readonly batchSize: number;
  /**
   * Number of consecutive places of an image, which is augmented again at each (Hoffer et al., "Augment Your Batch",
   * 2020). Default: 1. The length of an epoch does not change: as DeiT's, it has as many places as there are images.
   */
  readonly repeats?: number;
}

/**
 * Returns the images of one iteration's batch. Every epoch has its own order, sampled from seed and epoch and divided
 * into complete batches, so a resumed run needs only the iteration's number. If the set is smaller than a batch, its
 * images are repeated until the batch is full.
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

/** Returns 0 .. n - 1 in the order of an epoch. The latest is cached, because a million images take a while. */
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
