import {
  requireFunction,
  requireInstance,
  requireNumber,
  requireObject,
  requireString,
} from "@supernet/base";
import { fromShared, fromTypedArray, sharedMemory, type Tensor } from "@supernet/torch";
import type { DecodedCacheOptions, Shard } from "@supernet/vision";

/** Images from the loader: [n, 3, height, width], normalized. */
export interface ImageArrays {
  readonly images: Float32Array;
  readonly shape: readonly number[];
}

/** Source of batches. The training batch of an iteration depends only on its number. */
export interface BatchSource<Batch> {
  /** Number of images in the set. */
  readonly images: number;
  /** Returns the batches of iterations `from` to `to`, or a rank's part of each, split into micro-batches. */
  train(from: number, to: number, shard?: Shard): AsyncIterable<readonly Batch[]>;
  /** Like `train`, for a consumer that keeps no batch: its memory is reused once the next one is requested. */
  lend(from: number, to: number, shard?: Shard): AsyncIterable<readonly Batch[]>;
}

/** Returns images as a tensor: without a copy if their memory is shared, else as a copy. */
export function imageTensor(batch: ImageArrays, device: string): Tensor {
  requireObject("imageTensor: batch", batch);
  requireString("imageTensor: device", device);
  const { images, shape } = batch;
  requireInstance("imageTensor: batch.images", images, Float32Array);
  return (sharedMemory(images) ? fromShared : fromTypedArray)(images, shape, { device });
}

/**
 * Batches that can be iterated any number of times, since a search evaluates every candidate on the same images. They
 * are kept in memory if their total size is at most `limit` bytes.
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

/** Returns the store of decoded images for a recipe's `cache`. It prints to standard error, above the progress bar. */
export function imageStore(folder: string | null): DecodedCacheOptions | undefined {
  if (folder === null) return undefined;
  const { stderr } = process;
  return { folder, log: (line) => stderr.write(`${stderr.isTTY ? "\r\x1b[2K" : ""}${line}\n`) };
}
