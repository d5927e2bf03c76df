import { callable, count, parseOptions, Random, requireInteger } from "@supernet/base";
import { batchIndices, Loader } from "@supernet/torch/data";
import { z } from "zod";
import { type BatchOptions, batchOptionsSchema } from "./settings.js";

/** Request to a worker: the images of one micro-batch. */
export interface BatchRequest {
  /** Indices of the images in the set. */
  readonly indices: readonly number[];
  /**
   * Only for training: `key` identifies the batch, and `first` is the index of the first image in it. Both seed all
   * randomness.
   */
  readonly augment?: { readonly key: readonly (number | string)[]; readonly first: number };
  /** Number of the variant to load, from 0. Only for a source with several. */
  readonly variant?: number;
}

/** Part of every batch that one rank loads. All ranks load equal parts. */
export interface Shard {
  /** Index of the rank, 0 to size - 1. */
  readonly rank: number;
  /** Number of ranks. */
  readonly size: number;
}

/** Worker and images that batches are loaded with. */
export interface BatchSource {
  /** Module whose default export creates a handler of `BatchRequest`s. See `HandlerModule` of @supernet/torch/data. */
  readonly worker: URL;
  /** Creates the value that workers are started with. Called when the first batch is requested. */
  readonly createSpec: () => Promise<unknown>;
  /** Number of images in the set. */
  readonly images: number;
  /** Number of times in a row that training loads each image. Default: 1. */
  readonly repeats?: number;
  /** Group of each image. The images of a training batch are of one group, as far as possible. Default: one group. */
  readonly groups?: Uint8Array;
  /** Number of ways to load a batch, such as sizes of images. Training draws one for each batch. Default: 1. */
  readonly variants?: number;
  /** Returns the padded shape of an image in a variant, as any text. Default: all images have the same. */
  readonly shapeOf?: (index: number, variant: number) => string;
}

const sourceSchema = z.strictObject({
  worker: z.instanceof(URL),
  createSpec: callable,
  images: z.int().min(0),
  repeats: count.optional(),
  groups: z.instanceof(Uint8Array).optional(),
  variants: count.optional(),
  shapeOf: callable.optional(),
});
const constructorSchema = z.object({ source: sourceSchema, options: batchOptionsSchema });
const trainSchema = z.object({
  from: z.int().min(0),
  to: z.int().min(0),
  /** Not strict: an object with more fields, such as a rank with its methods, is also a shard. */
  shard: z.object({ rank: z.int().min(0), size: count }),
});

/**
 * Loads batches of a set, by iteration for training and in order for evaluation. {@link classificationBatches} and
 * {@link detectionBatches} create one.
 */
export class Batches<Batch extends { readonly images: Float32Array }> implements Disposable {
  /** Number of images in the set. */
  readonly images: number;
  readonly #open: () => Promise<Loader<unknown, BatchRequest, Batch>>;
  #loader: Promise<Loader<unknown, BatchRequest, Batch>> | undefined;
  readonly #seed: number;
  readonly #batchSize: number;
  readonly #microBatch: number;
  readonly #repeats: number;
  readonly #groups: Uint8Array | undefined;
  readonly #variants: number;
  readonly #shapeOf: (index: number, variant: number) => string;

  constructor(source: BatchSource, options: BatchOptions) {
    const parsed = parseOptions("Batches", constructorSchema, { source, options });
    const { worker, createSpec, images, repeats = 1, groups, variants = 1, shapeOf = () => "" } = source;
    const { seed, batchSize, microBatch, workers } = parsed.options;
    this.images = images;
    this.#seed = seed;
    this.#batchSize = batchSize;
    this.#microBatch = microBatch ?? batchSize;
    this.#repeats = repeats;
    this.#groups = groups;
    this.#variants = variants;
    this.#shapeOf = shapeOf;
    if (batchSize % this.#microBatch !== 0) {
      throw new RangeError(
        `a batch of ${batchSize} images cannot be split into micro-batches of ${microBatch}: use a divisor`,
      );
    }
    this.#open = async () => new Loader({ worker, spec: await createSpec(), workers });
  }

  /**
   * Loads the batches of iterations `from` to `to - 1`, each as an array of its micro-batches. The images of a batch
   * and their augmentation depend only on the seed and the iteration. Mixed pairs also depend on the micro-batches.
   * @param shard contiguous part of each batch to load. Default: the entire batch.
   * @param variant number of the variant of all batches. Default: that of `variantAt` for each.
   */
  train(from: number, to: number, shard?: Shard, variant?: number): AsyncGenerator<readonly Batch[]> {
    return this.#train(from, to, { shard, variant, lent: false });
  }

  /**
   * Loads the same batches as `train`, but each is valid only until you request the next one. Images are in shared
   * memory, which tensors can use without a copy. It is reused as soon as no tensor uses it.
   */
  async *lend(from: number, to: number, shard?: Shard, variant?: number): AsyncGenerator<readonly Batch[]> {
    for await (const batch of this.#train(from, to, { shard, variant, lent: true })) {
      yield batch;
      const loader = await this.#loader;
      for (const { images } of batch) loader?.recycle(images);
    }
  }

  /** Returns the number of the variant that the training batch of an iteration has, from 0. */
  variantAt(iteration: number): number {
    requireInteger("Batches.variantAt: iteration", iteration, { min: 0 });
    return this.#variants === 1 ? 0 : Random.of(this.#seed, "variant", iteration).int(this.#variants);
  }

  /**
   * Loads images once, in order, without augmentation, one micro-batch at a time. The last one can be smaller.
   * @param max maximum number of images. A larger set is sampled at random by the seed. Default: all images.
   * @param variant number of the variant. Default: 0.
   */
  evaluate(max = this.images, variant = 0): AsyncGenerator<Batch> {
    requireInteger("Batches.evaluate: max", max, { min: 0 });
    this.#requireVariant("Batches.evaluate", variant);
    return this.#once(
      this.#sample(max).sort((a, b) => a - b),
      variant,
    );
  }

  /**
   * Loads all images once, as `evaluate` does, except that a micro-batch with images of several padded shapes is split.
   * No image is padded for another one, so a network's result for an image does not depend on the others.
   * @param variant number of the variant. Default: 0.
   */
  evaluateByShape(variant = 0): AsyncGenerator<Batch> {
    this.#requireVariant("Batches.evaluateByShape", variant);
    const indices = Array.from({ length: this.images }, (_, i) => i);
    return this.#once(indices, variant, (index) => this.#shapeOf(index, variant));
  }

  /** Loads the same images as `evaluate` in random order, so the first n are a random sample. */
  inDrawnOrder(max = this.images, variant = 0): AsyncGenerator<Batch> {
    requireInteger("Batches.inDrawnOrder: max", max, { min: 0 });
    this.#requireVariant("Batches.inDrawnOrder", variant);
    return this.#once(this.#sample(max), variant);
  }

  #requireVariant(subject: string, variant: number): void {
    requireInteger(`${subject}: variant`, variant, { min: 0, max: this.#variants - 1 });
  }

  #sample(max: number): number[] {
    return Random.of(this.#seed, "evaluated").permutation(this.images).slice(0, max);
  }

  /** @param groupOf returns the group of an image. Images of different groups are not in one micro-batch. */
  #once(
    indices: readonly number[],
    variant: number,
    groupOf: (index: number) => string = () => "",
  ): AsyncGenerator<Batch> {
    const size = this.#microBatch;
    const numbered = this.#numbered(variant);
    function* requests(): Generator<BatchRequest> {
      for (let i = 0; i < indices.length; i += size) {
        const groups = new Map<string, number[]>();
        for (const index of indices.slice(i, i + size)) {
          const group = groupOf(index);
          groups.set(group, [...(groups.get(group) ?? []), index]);
        }
        for (const group of groups.values()) yield { indices: group, ...numbered };
      }
    }
    return this.#load(requests(), false);
  }

  async *#train(
    from: number,
    to: number,
    {
      shard = { rank: 0, size: 1 },
      variant,
      lent,
    }: { readonly shard: Shard | undefined; readonly variant: number | undefined; readonly lent: boolean },
  ): AsyncGenerator<readonly Batch[]> {
    if (variant !== undefined) this.#requireVariant("Batches.train", variant);
    const { rank, size } = parseOptions("Batches.train", trainSchema, { from, to, shard }).shard;
    const seed = this.#seed;
    const batchSize = this.#batchSize;
    const [repeats, groups] = [this.#repeats, this.#groups];
    const shardSize = batchSize / size;
    const microBatch = Math.min(this.#microBatch, shardSize);
    if (!Number.isInteger(shardSize) || shardSize % microBatch !== 0) {
      throw new RangeError(
        `a batch of ${batchSize} images cannot be split into micro-batches of ${microBatch} on each of ${size} ranks`,
      );
    }
    const { images } = this;
    const numberedAt = (iteration: number) => this.#numbered(variant ?? this.variantAt(iteration));
    function* requests(): Generator<BatchRequest> {
      for (let iteration = from; iteration < to; iteration++) {
        const numbered = numberedAt(iteration);
        const indices = batchIndices(
          { seed, images, batchSize, repeats, ...(groups && { groups }) },
          iteration,
        );
        const key = [seed, "augment", iteration];
        for (let first = rank * shardSize; first < (rank + 1) * shardSize; first += microBatch)
          yield { indices: indices.slice(first, first + microBatch), augment: { key, first }, ...numbered };
      }
    }
    let batch: Batch[] = [];
    for await (const part of this.#load(requests(), lent)) {
      batch.push(part);
      if (batch.length * microBatch < shardSize) continue;
      yield batch;
      batch = [];
    }
  }

  #numbered(variant: number): Pick<BatchRequest, "variant"> {
    return this.#variants === 1 ? {} : { variant };
  }

  async *#load(requests: Iterable<BatchRequest>, lent: boolean): AsyncGenerator<Batch> {
    this.#loader ??= this.#open();
    yield* (await this.#loader).load(requests, lent);
  }

  [Symbol.dispose](): void {
    this.#loader?.then(
      (loader) => loader[Symbol.dispose](),
      () => {}, // was reported to the caller that requested a batch
    );
    this.#loader = undefined;
  }
}
