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
  /**
   * Group of each image, such as its orientation. The images of a batch are of one group, except in the last batches of
   * an epoch, which get what does not fill a batch. Cannot be combined with `repeats`. Default: one group.
   */
  readonly groups?: ArrayLike<number>;
}

/**
 * Returns the indices of the images in one iteration's batch. Every epoch has its own order, which depends on seed and
 * epoch and is divided into complete batches. A resumed run therefore needs only the iteration's number. If the set is
 * smaller than a batch, images are repeated.
 */
export function batchIndices(order: BatchOrder, iteration: number): number[] {
  requireOptions<BatchOrder>("batchIndices", order, ["seed", "images", "batchSize", "repeats", "groups"]);
  const { seed, images, batchSize, repeats = 1, groups } = order;
  requireInteger("batchIndices: seed", seed);
  requireInteger("batchIndices: images", images, { min: 1 });
  requireInteger("batchIndices: batchSize", batchSize, { min: 1 });
  requireInteger("batchIndices: repeats", repeats, { min: 1 });
  requireInteger("batchIndices: iteration", iteration, { min: 0 });
  if (groups !== undefined && groups.length !== images)
    throw new RangeError(`batchIndices: groups has ${groups.length} items, but there are ${images} images`);
  if (groups !== undefined && repeats > 1)
    throw new RangeError("batchIndices: groups cannot be combined with repeats");
  const perEpoch = Math.max(1, Math.floor(images / batchSize));
  const epoch = Math.floor(iteration / perEpoch);
  const indices = groups ? groupedOrder({ seed, epoch, batchSize, groups }) : epochOrder(seed, epoch, images);
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

let latestGrouped:
  | { readonly key: string; readonly groups: ArrayLike<number>; readonly order: Uint32Array }
  | undefined;

/**
 * Returns the order of an epoch, changed so that complete batches are of one group: a batch is formed as soon as its
 * group has enough images. The images that are left follow, in their order. Caches the latest.
 */
function groupedOrder({
  seed,
  epoch,
  batchSize,
  groups,
}: {
  readonly seed: number;
  readonly epoch: number;
  readonly batchSize: number;
  readonly groups: ArrayLike<number>;
}): Uint32Array {
  const key = `${seed} ${epoch} ${batchSize}`;
  if (latestGrouped?.key !== key || latestGrouped.groups !== groups) {
    const all = epochOrder(seed, epoch, groups.length);
    const order = new Uint32Array(all.length);
    const waiting = new Map<number, number[]>();
    let placed = 0;
    for (const index of all) {
      const group = waiting.get(groups[index]!) ?? [];
      waiting.set(groups[index]!, group);
      group.push(index);
      if (group.length < batchSize) continue;
      order.set(group.splice(0), placed);
      placed += batchSize;
    }
    const left = new Set([...waiting.values()].flat());
    order.set(
      all.filter((index) => left.has(index)),
      placed,
    );
    latestGrouped = { key, groups, order };
  }
  return latestGrouped.order;
}
