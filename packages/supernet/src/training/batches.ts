import {
  requireFunction,
  requireInstance,
  requireNumber,
  requireObject,
  requireString,
} from "@supernet/base";
import { fromShared, fromTypedArray, sharedMemory, type Tensor } from "@supernet/torch";
import type { DecodedCacheOptions, Shard } from "@supernet/vision";

/** Normalized images from the loader: [n, 3, height, width]. */
export interface ImageArrays {
  readonly images: Float32Array;
  readonly shape: readonly number[];
}

/** Source of batches. A training batch depends only on the number of its iteration. */
export interface BatchSource<Batch> {
  /** Number of images in the set. */
  readonly images: number;
  /** Returns the batches of iterations `from` to `to` - 1, or a rank's part of each, split into micro-batches. */
  train(from: number, to: number, shard?: Shard): AsyncIterable<readonly Batch[]>;
  /** Like `train`, but the memory of a batch is reused once the next one is requested. */
  lend(from: number, to: number, shard?: Shard): AsyncIterable<readonly Batch[]>;
}

/**
 * Returns the images of a batch as a tensor, [n, 3, height, width]. Shared memory is used without a copy.
 * @param device "cpu" or "cuda:N"
 * @example
 * const logits = model.forward(imageTensor(batch, "cpu"));
 */
export function imageTensor(batch: ImageArrays, device: string): Tensor {
  requireObject("imageTensor: batch", batch);
  requireString("imageTensor: device", device);
  const { images, shape } = batch;
  requireInstance("imageTensor: batch.images", images, Float32Array);
  return (sharedMemory(images) ? fromShared : fromTypedArray)(images, shape, { device });
}

/**
 * Batches that can be iterated any number of times, because a search evaluates every candidate on the same images. They
 * are kept in memory if their total size is at most `limit` bytes. Default: 1 GiB.
 * @example
 * const val = new ReusableBatches(() => batches.evaluate());
 * for await (const batch of val) score(batch);
 */
export class ReusableBatches<Batch extends ImageArrays> implements AsyncIterable<Batch> {
  readonly #source: () => AsyncIterable<Batch>;
  readonly #limit: number;
  #kept: Batch[] | undefined;

  constructor(source: () => AsyncIterable<Batch>, limit = 2 ** 30) {
    requireFunction("ReusableBatches: source", source);
    requireNumber("ReusableBatches: limit", limit, { min: 0 });
    this.#source = source;
    this.#limit = limit;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
    if (this.#kept) {
      yield* this.#kept;
      return;
    }
    const seen: Batch[] = [];
    let bytes = 0;
    for await (const batch of this.#source()) {
      bytes += batch.images.byteLength;
      if (bytes <= this.#limit) seen.push(batch);
      yield batch;
    }
    if (bytes <= this.#limit) this.#kept = seen;
  }
}

/** Returns the store of decoded images for a recipe's `cache`. It logs to standard error, above the progress bar. */
export function imageStore(folder: string | null): DecodedCacheOptions | undefined {
  if (folder === null) return undefined;
  const { stderr } = process;
  return { folder, log: (line) => stderr.write(`${stderr.isTTY ? "\r\x1b[2K" : ""}${line}\n`) };
}
