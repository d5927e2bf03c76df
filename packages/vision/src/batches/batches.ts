import { Random } from "@supernet/base";
import { batchIndices, Loader } from "@supernet/torch/data";
import type { DetectionSample } from "../data/coco.js";
import { type ClassificationSamples, sampleCount } from "../data/samples.js";
import type { Pack } from "../pack/format.js";
import { type ImageStore, packImages } from "../pack/pack.js";
import type { ClassificationSettings } from "./classification-image.js";
import type { ClassificationBatch } from "./classification-worker.js";
import type { DetectionBatch, DetectionInput } from "./detection-worker.js";
import type { BatchRequest } from "./request.js";

export interface BatchOptions {
  readonly seed: number;
  readonly batchSize: number;
  /** Images of a batch that go through the network together, a divisor of batchSize; all of them unless told. */
  readonly microBatch?: number | null;
  /** Times in a row that an image comes in training; once unless told. */
  readonly repeats?: number;
  /** Threads that load ahead; 0 loads on the calling thread. */
  readonly workers: number;
  /** Where decoded images are kept; they are decoded whenever they are needed unless told. */
  readonly store?: ImageStore | undefined;
}

/** A rank's part of every batch, of as many images as any other's. */
export interface Shard {
  readonly rank: number;
  readonly size: number;
}

/** Batches of a set: for training by iteration, and in order for evaluation. */
export class Batches<Batch extends { readonly images: Float32Array }> implements Disposable {
  /** Images in the set. */
  readonly images: number;
  readonly #open: () => Promise<Loader<unknown, BatchRequest, Batch>>;
  #loader: Promise<Loader<unknown, BatchRequest, Batch>> | undefined;
  readonly #options: BatchOptions;
  readonly #microBatch: number;

  /** @param spec what the workers are told, made when the first batch is asked for */
  constructor(worker: URL, spec: () => Promise<unknown>, images: number, options: BatchOptions) {
    const { batchSize, microBatch } = options;
    this.images = images;
    this.#options = options;
    this.#microBatch = microBatch ?? batchSize;
    if (batchSize % this.#microBatch !== 0) {
      throw new RangeError(`a batch of ${batchSize} images does not cut into micro-batches of ${microBatch}`);
    }
    this.#open = async () => new Loader({ worker, spec: await spec(), workers: options.workers });
  }

  /**
   * The batches of iterations `from` to `to`, each cut into its micro-batches. Which images are in a batch, and how
   * each is augmented, depends on seed and iteration alone; with which other one it is mixed, on the cut too.
   * @param shard the part of each batch that is given, a stretch of it; all unless told
   */
  train(from: number, to: number, shard?: Shard): AsyncGenerator<readonly Batch[]> {
    return this.#train(from, to, false, shard);
  }

  /**
   * The batches that `train` gives, each until the next one is asked for: they lie in memory that is shared, over which
   * tensors may lie, and that is used again as soon as none does.
   */
  async *lend(from: number, to: number, shard?: Shard): AsyncGenerator<readonly Batch[]> {
    for await (const batch of this.#train(from, to, true, shard)) {
      yield batch;
      const loader = await this.#loader;
      for (const { images } of batch) loader?.recycle(images);
    }
  }

  /**
   * Images once, in order, without augmentation, as many as go through the network together; the last are fewer.
   * @param most images at the most, drawn by seed from all where there are more
   */
  evaluate(most = this.images): AsyncGenerator<Batch> {
    return this.#once(this.#drawn(most).sort((a, b) => a - b));
  }

  /** The images that `evaluate` gives, in the order in which they are drawn: the first of them say most about all. */
  inDrawnOrder(most = this.images): AsyncGenerator<Batch> {
    return this.#once(this.#drawn(most));
  }

  #drawn(most: number): number[] {
    return Random.of(this.#options.seed, "evaluated").permutation(this.images).slice(0, most);
  }

  #once(indices: readonly number[]): AsyncGenerator<Batch> {
    const size = this.#microBatch;
    function* requests(): Generator<BatchRequest> {
      for (let i = 0; i < indices.length; i += size) yield { indices: indices.slice(i, i + size) };
    }
    return this.#load(requests(), false);
  }

  async *#train(
    from: number,
    to: number,
    lent: boolean,
    { rank, size }: Shard = { rank: 0, size: 1 },
  ): AsyncGenerator<readonly Batch[]> {
    const { seed, batchSize, repeats } = this.#options;
    const own = batchSize / size;
    const microBatch = Math.min(this.#microBatch, own);
    if (!Number.isInteger(own) || own % microBatch !== 0) {
      throw new RangeError(
        `a batch of ${batchSize} images does not cut into micro-batches of ${microBatch} on each of ${size} ranks`,
      );
    }
    const { images } = this;
    function* requests(): Generator<BatchRequest> {
      for (let iteration = from; iteration < to; iteration++) {
        const indices = batchIndices({ seed, images, batchSize, repeats }, iteration);
        const key = [seed, "augment", iteration];
        for (let first = rank * own; first < (rank + 1) * own; first += microBatch)
          yield { indices: indices.slice(first, first + microBatch), augment: { key, first } };
      }
    }
    let batch: Batch[] = [];
    for await (const part of this.#load(requests(), lent)) {
      batch.push(part);
      if (batch.length * microBatch < own) continue;
      yield batch;
      batch = [];
    }
  }

  async *#load(requests: Iterable<BatchRequest>, lent: boolean): AsyncGenerator<Batch> {
    this.#loader ??= this.#open();
    yield* (await this.#loader).load(requests, lent);
  }

  [Symbol.dispose](): void {
    this.#loader?.then(
      (loader) => loader[Symbol.dispose](),
      () => {}, // who asked for a batch was told
    );
    this.#loader = undefined;
  }
}

export function classificationBatches(
  samples: ClassificationSamples,
  settings: ClassificationSettings,
  options: Omit<BatchOptions, "repeats">,
): Batches<ClassificationBatch> {
  const worker = new URL("./classification-worker.js", import.meta.url);
  const { repeats } = settings.augmentation;
  const spec = async () => {
    const pack = samples.kind === "files" ? await packed(samples.files, options) : undefined;
    return { samples, settings, pack };
  };
  return new Batches(worker, spec, sampleCount(samples), { ...options, repeats });
}

export function detectionBatches(
  samples: readonly DetectionSample[],
  settings: DetectionInput,
  options: Omit<BatchOptions, "repeats">,
): Batches<DetectionBatch> {
  const worker = new URL("./detection-worker.js", import.meta.url);
  const spec = async () => ({
    settings,
    samples: samples.map(({ annotations: _, ...sample }) => sample),
    pack: await packed(
      samples.map(({ file }) => file),
      options,
    ),
  });
  return new Batches(worker, spec, samples.length, options);
}

async function packed(
  files: readonly string[],
  { store, workers }: Pick<BatchOptions, "store" | "workers">,
): Promise<Pack | undefined> {
  return store && (await packImages(files, store, workers));
}
