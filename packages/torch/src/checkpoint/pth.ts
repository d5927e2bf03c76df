import type { UserError } from "@supernet/base";
import type { Pickled } from "./pickle.js";
import { damaged, MAX_EXPANSION, type Storages } from "./pth-content.js";
import { openLegacyFormat } from "./pth-legacy.js";
import { openZipFormat } from "./pth-zip.js";
import { allocate, bytesPerElement, elementCount, type TensorRecord } from "./record.js";
import { type ByteSource, quote, readBytes } from "./source.js";
import { findStateDict, type StateDict } from "./state-dict.js";
import type { TensorReference } from "./torch-pickle.js";

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** First bytes of PyTorch's format before 1.6: a pickle of its magic number. */
const LEGACY = Buffer.from([
  0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19,
]);

/** A checkpoint whose pickle has been read. Its tensors are read on demand. */
export class PthFile {
  readonly #file: string;
  readonly #storages: Storages;
  #bytesLeft: number;
  /** Saved value: dictionaries as maps, lists and tuples as arrays, tensors as {@link TensorReference}. */
  readonly root: Pickled;

  /** @throws UserError that names the file and the problem */
  constructor(source: ByteSource) {
    const { root, storages } = beginsWith(source, LEGACY) ? openLegacyFormat(source) : openZipFormat(source);
    this.#file = source.name;
    this.#storages = storages;
    this.#bytesLeft = source.size * MAX_EXPANSION;
    this.root = root;
  }

  /**
   * Finds a state dict.
   * @param key its path, such as "model_ema". Default: the only one, or the one with a usual key
   * @throws UserError that names the file and its state dicts
   */
  stateDict(key?: string): StateDict {
    return findStateDict(this.#file, this.root, key);
  }

  /**
   * Reads a tensor's elements in row-major order, regardless of its strides.
   * @throws UserError that names the file if the storage is missing, too short or cannot be decompressed
   */
  read(name: string, tensor: TensorReference): TensorRecord {
    const { storage, shape, strides, offset } = tensor;
    const { dtype } = tensor;
    const width = bytesPerElement(dtype);
    const count = elementCount(shape);
    const what = `tensor ${quote(name)}`;
    if (count === undefined || shape.length !== strides.length)
      throw this.#refuse(`${what} has an invalid shape`);
    const available = this.#storages.byteLength(storage.key);
    if (available === undefined) throw this.#refuse(`the storage of ${what} is missing`);
    if (count === 0) return { dtype, shape, data: allocate(dtype, 0).data };
    if (count * width > available) throw this.#refuse(`${what} is larger than its storage`);
    const last = offset + shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, 0);
    if (!Number.isSafeInteger(last) || (last + 1) * width > available) {
      throw this.#refuse(`${what} extends outside its storage`);
    }
    this.#bytesLeft -= count * width;
    if (this.#bytesLeft < 0)
      throw this.#refuse(
        `its tensors have more than ${MAX_EXPANSION} times its size, because they share storages or are compressed`,
      );
    const { data, bytes } = allocate(dtype, count);
    const span = { start: offset * width, length: (last + 1 - offset) * width };
    if (isContiguous(shape, strides)) this.#storages.readInto(bytes, storage.key, span.start);
    else {
      const spread = new Uint8Array(span.length);
      this.#storages.readInto(spread, storage.key, span.start);
      gather(spread, bytes, { shape, strides, width });
    }
    return { dtype, shape, data };
  }

  #refuse(what: string): UserError {
    return damaged(this.#file, what);
  }
}

/** Whether the file has PyTorch's format, current or before 1.6, judging by its first bytes. */
export function isPyTorchFile(source: ByteSource): boolean {
  return beginsWith(source, ZIP) || beginsWith(source, LEGACY);
}

function beginsWith(source: ByteSource, start: Buffer): boolean {
  return source.size >= start.byteLength && start.equals(readBytes(source, 0, start.byteLength));
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}

/** Layout of a strided tensor. Strides count elements of `width` bytes. */
interface Layout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly width: number;
}

/** Copies a strided tensor row by row into `target`. */
function gather(source: Uint8Array, target: Uint8Array, { shape, strides, width }: Layout): void {
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < target.byteLength; to += width) {
    for (let byte = 0; byte < width; byte++) target[to + byte] = source[from + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      from += strides[axis]! * width;
      if (index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]! * width;
      index[axis] = 0;
    }
  }
}
