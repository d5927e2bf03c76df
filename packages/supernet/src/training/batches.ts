import { fromShared, fromTypedArray, sharedMemory, type Tensor } from "@supernet/torch";
import type { ImageStore, Shard } from "@supernet/vision";

/** Images as the loader gives them: [n, 3, height, width], normalised. */
export interface ImageArrays {
  readonly images: Float32Array;
  readonly shape: readonly number[];
}

/** Where batches come from; each iteration's training batch depends on nothing but its number. */
export interface BatchSource<Batch> {
  /** Images in the set. */
  readonly images: number;
  /** The batches of iterations `from` to `to`, or a rank's part of each, cut into micro-batches. */
  train(from: number, to: number, shard?: Shard): AsyncIterable<readonly Batch[]>;
  /** The same for a consumer that keeps none: a batch's memory is used again once the next one is asked for. */
  lend(from: number, to: number, shard?: Shard): AsyncIterable<readonly Batch[]>;
}

/** Lies over images that are lent, without a copy; others are copied. */
export const imageTensor = ({ images, shape }: ImageArrays, device: string): Tensor =>
  (sharedMemory(images) ? fromShared : fromTypedArray)(images, shape, { device });

/**
 * Goes through batches any number of times, keeping them in memory while they are no more than `limit` bytes
 * together: a search evaluates every candidate on the same images.
 */
export class ReusableBatches<Batch extends ImageArrays> implements AsyncIterable<Batch> {
  readonly #source: () => AsyncIterable<Batch>;
  readonly #limit: number;
  #kept: Batch[] | undefined;

  constructor(source: () => AsyncIterable<Batch>, limit = 2 ** 30) {
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
export function imageStore(folder: string | null): ImageStore | undefined {
  if (folder === null) return undefined;
  const { stderr } = process;
  return { folder, say: (line) => stderr.write(`${stderr.isTTY ? "\r\x1b[2K" : ""}${line}\n`) };
}
