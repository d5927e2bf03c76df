import { Random } from "@supernet/base";

export interface BatchOrder {
  readonly seed: number;
  /** Images in the set. */
  readonly images: number;
  readonly batchSize: number;
  /**
   * Times in a row that an image comes, to be augmented anew each time (Hoffer et al., "Augment Your Batch", 2020);
   * once unless told. An epoch stays as long: it ends, as DeiT's, after as many places as there are images.
   */
  readonly repeats?: number;
}

/**
 * The images of one iteration's batch. Every epoch has an order of its own, drawn from seed and epoch, of which
 * whole batches are taken: a resumed run needs nothing but the iteration's number. A set smaller than a batch is
 * gone through again until the batch is full.
 */
export function batchIndices(
  { seed, images, batchSize, repeats = 1 }: BatchOrder,
  iteration: number,
): number[] {
  const perEpoch = Math.max(1, Math.floor(images / batchSize));
  const order = epochOrder(seed, Math.floor(iteration / perEpoch), images);
  const start = (iteration % perEpoch) * batchSize;
  return Array.from({ length: batchSize }, (_, i) => order[Math.floor(((start + i) % images) / repeats)]!);
}

let latest: { readonly key: string; readonly order: Uint32Array } | undefined;

/** 0 .. n - 1 in the order of an epoch. The latest is remembered: it takes a while for a million images. */
export function epochOrder(seed: number, epoch: number, n: number): Uint32Array {
  const key = `${seed} ${epoch} ${n}`;
  if (latest?.key !== key) {
    latest = { key, order: Uint32Array.from(Random.of(seed, "order", epoch).permutation(n)) };
  }
  return latest.order;
}
