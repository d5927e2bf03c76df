/** Bytes before the numbers: in the first four stands how many tensors lie over them. */
const HEADER = 64;

/**
 * Numbers in memory that threads share and that a tensor may lie over without a copy (`fromShared`).
 * @param room memory that is used again where it is large enough; what stands in it stays
 */
export function sharedFloats(length: number, room?: SharedArrayBuffer): Float32Array {
  const bytes = HEADER + 4 * length;
  const buffer = room && room.byteLength >= bytes ? room : new SharedArrayBuffer(bytes);
  return new Float32Array(buffer, HEADER, length);
}

/** The memory of numbers that `sharedFloats` made; undefined of any others. */
export function sharedMemory({ buffer, byteOffset }: ArrayBufferView): SharedArrayBuffer | undefined {
  return buffer instanceof SharedArrayBuffer && byteOffset === HEADER ? buffer : undefined;
}

/** Whether a tensor lies over the memory: one that `fromShared` made, a view of it, what autograd keeps of it. */
export const isLent = (memory: SharedArrayBuffer): boolean =>
  Atomics.load(new Int32Array(memory, 0, 1), 0) !== 0;
