import type { DType } from "../engine/index.js";

/** Elements of a tensor. float16 and bfloat16 are stored as bits, bool as 0 and 1. */
export type Elements =
  | Float32Array
  | Float64Array
  | Uint16Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array;

/** A tensor as plain data, contiguous and row-major, as a file stores it. */
export interface TensorRecord {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Elements;
}

/** Shape and type of a tensor to be written, and a function that returns its elements. */
export interface LazyRecord {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly read: () => Elements;
}

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const satisfies Record<DType, unknown>;

export function bytesPerElement(dtype: DType): number {
  return ARRAYS[dtype].BYTES_PER_ELEMENT;
}

/** Allocates `count` zeros, and a byte view of the same memory. */
export function allocate(dtype: DType, count: number): { data: Elements; bytes: Uint8Array<ArrayBuffer> } {
  const data = new ARRAYS[dtype](count);
  return { data, bytes: new Uint8Array(data.buffer) };
}

export function bytesOf(data: Elements): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * Returns the bytes of a tensor to be written.
 * @throws RangeError that names the tensor if their number does not match its shape
 */
export function readElements(name: string, { dtype, shape, read }: LazyRecord): Uint8Array {
  const bytes = bytesOf(read());
  const expected = elementCount(shape)! * bytesPerElement(dtype);
  if (bytes.byteLength !== expected) {
    throw new RangeError(`tensor ${name} has ${bytes.byteLength} bytes, expected ${expected}`);
  }
  return bytes;
}

/** Returns the number of elements, or undefined if `shape` is not a list of sizes or is too large to count exactly. */
export function elementCount(shape: unknown): number | undefined {
  if (!Array.isArray(shape)) return undefined;
  let count = 1;
  for (const size of shape) {
    if (!isSize(size)) return undefined;
    count *= size;
    if (!Number.isSafeInteger(count)) return undefined;
  }
  return count;
}

/** Whether a value is a non-negative integer that JavaScript represents exactly. */
export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
