/** Size of the header before the numbers. Its first four bytes count the tensors that use them. */
const HEADER_BYTES = 64;

/**
 * Allocates numbers in memory that threads share and that a tensor can use without a copy (see `fromShared`).
 * @param reusable memory to reuse if it is large enough. Its contents do not change
 */
export function sharedFloats(length: number, reusable?: SharedArrayBuffer): Float32Array {
  const bytes = HEADER_BYTES + 4 * length;
  const buffer = reusable && reusable.byteLength >= bytes ? reusable : new SharedArrayBuffer(bytes);
  return new Float32Array(buffer, HEADER_BYTES, length);
}

/** Returns the memory of numbers that `sharedFloats` allocated, or undefined for any others. */
export function sharedMemory(numbers: ArrayBufferView): SharedArrayBuffer | undefined {
  if (!ArrayBuffer.isView(numbers)) throw new TypeError("sharedMemory: numbers must be a typed array");
  const { buffer, byteOffset } = numbers;
  return buffer instanceof SharedArrayBuffer && byteOffset === HEADER_BYTES ? buffer : undefined;
}

/** Whether any tensor uses the memory: one that `fromShared` created, a view of it, or one that autograd keeps. */
export const isBorrowed = (memory: SharedArrayBuffer): boolean =>
  Atomics.load(new Int32Array(memory, 0, 1), 0) !== 0;
