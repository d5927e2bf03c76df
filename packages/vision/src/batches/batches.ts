import { batchIndices, Loader } from "@supernet/torch/data";
import { Random } from "@supernet/torch/random";
import type { DetectionSample } from "../data/coco.js";
import { type ClassificationSamples, sampleCount } from "../data/samples.js";
import type { ClassificationBatch, ClassificationSettings } from "./classification-worker.js";
import type { DetectionBatch, DetectionInput } from "./detection-worker.js";

export interface BatchOptions {
  readonly seed: number;
  readonly batchSize: number;
  /** Threads that load ahead; 0 loads on the calling thread. */
  readonly workers: number;
}

interface BatchRequest {
  readonly indices: readonly number[];
  readonly key?: readonly (number | string)[];
}

/** Batches of a set: for training by iteration, and in order for evaluation. */
export class Batches<Batch> implements Disposable {
  /** Images in the set. */
  readonly images: number;
  readonly #loader: Loader<unknown, BatchRequest, Batch>;
  readonly #options: BatchOptions;

  constructor(worker: URL, spec: unknown, images: number, options: BatchOptions) {
    this.images = images;
    this.#options = options;
    this.#loader = new Loader({ worker, spec, workers: options.workers });
  }

  /** The batches of iterations `from` to `to`; each depends on seed and iteration alone. */
  train(from: number, to: number): AsyncGenerator<Batch> {
    const { seed, batchSize } = this.#options;
    const { images } = this;
    function* requests(): Generator<BatchRequest> {
      for (let iteration = from; iteration < to; iteration++) {
        yield {
          indices: batchIndices({ seed, images, batchSize }, iteration),
          key: [seed, "augment", iteration],
        };
      }
    }
    return this.#loader.load(requests());
  }

  /**
   * Images once, in order, without augmentation; the last batch may be smaller.
   * @param most images at the most, drawn by seed from all where there are more
   */
  evaluate(most = this.images): AsyncGenerator<Batch> {
    const { seed, batchSize } = this.#options;
    const all = Array.from({ length: this.images }, (_, i) => i);
    const chosen =
      most >= this.images
        ? all
        : Random.of(seed, "evaluated")
            .sample(all, most)
            .sort((a, b) => a - b);
    function* requests(): Generator<BatchRequest> {
      for (let i = 0; i < chosen.length; i += batchSize) yield { indices: chosen.slice(i, i + batchSize) };
    }
    return this.#loader.load(requests());
  }

  [Symbol.dispose](): void {
    this.#loader[Symbol.dispose]();
  }
}

export function classificationBatches(
  samples: ClassificationSamples,
  settings: ClassificationSettings,
  options: BatchOptions,
): Batches<ClassificationBatch> {
  const worker = new URL("./classification-worker.js", import.meta.url);
  return new Batches(worker, { samples, settings }, sampleCount(samples), options);
}

export function detectionBatches(
  samples: readonly DetectionSample[],
  settings: DetectionInput,
  options: BatchOptions,
): Batches<DetectionBatch> {
  const worker = new URL("./detection-worker.js", import.meta.url);
  const spec = {
    settings,
    samples: samples.map(({ annotations: _, ...sample }) => sample),
  };
  return new Batches(worker, spec, samples.length, options);
}
