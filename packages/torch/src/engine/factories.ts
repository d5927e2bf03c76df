import type { NestedNumbers } from "./format.js";
import * as ops from "./generated/ops.js";
import { native } from "./native.js";
import { isBorrowed, sharedMemory } from "./shared-floats.js";
import { type DType, type Tensor, type TypedArray, wrap } from "./tensor.js";

export interface TensorOptions {
  /** Default: float32. */
  dtype?: DType;
  /** "cpu" (the default), "cuda", "cuda:1". */
  device?: string;
  requiresGrad?: boolean;
}

const arrayTypes: readonly (readonly [new (n: number) => TypedArray, DType])[] = [
  [Float32Array, "float32"],
  [Float64Array, "float64"],
  [BigInt64Array, "int64"],
  [Int32Array, "int32"],
  [Int16Array, "int16"],
  [Int8Array, "int8"],
  [Uint8Array, "uint8"],
];

function finish(tensor: Tensor, options: TensorOptions): Tensor {
  const placed = options.device === undefined ? tensor : tensor.to({ device: options.device });
  if (placed !== tensor) tensor.dispose();
  if (options.requiresGrad) placed.requiresGrad = true;
  return placed;
}

/**
 * A tensor from a typed array, whose elements are copied once, row-major.
 * @param dtype default: the type of the array. Uint8Array may also be "bool", Uint16Array the bits of
 *   "float16" or "bfloat16"
 */
export function fromTypedArray(
  array: TypedArray,
  shape: readonly number[],
  options: TensorOptions = {},
): Tensor {
  const arrayDtype = arrayTypes.find(([type]) => array instanceof type)?.[1];
  const dtype = options.dtype ?? arrayDtype;
  if (dtype === undefined) throw new TypeError("fromTypedArray: name the dtype of this kind of array");
  // A bool is kept in a byte; 16-bit floats come as bits, for which JavaScript has no kind of its own.
  const bits = dtype === "float16" || dtype === "bfloat16";
  const asIs = bits ? array instanceof Uint16Array : dtype === "bool" && array instanceof Uint8Array;
  const made = wrap(native.fromTypedArray(array, shape, asIs ? dtype : (arrayDtype ?? dtype)));
  const cast = made.to({ dtype });
  if (cast !== made) made.dispose();
  return finish(cast, options);
}

/** Memory that tensors use: it must outlive them, even if nothing else refers to it. */
const borrowed = new Set<SharedArrayBuffer>();

/**
 * Creates a tensor over numbers of `sharedFloats` without a copy: a change of either is visible in both. On another
 * device it is a copy. The memory is held until the tensor, and every one that shares its storage, is released.
 * @throws TypeError if `sharedFloats` did not allocate the numbers
 */
export function fromShared(
  array: Float32Array,
  shape: readonly number[],
  options: Pick<TensorOptions, "device"> = {},
): Tensor {
  const memory = sharedMemory(array);
  if (!memory) throw new TypeError("fromShared: the array is not of sharedFloats");
  for (const other of borrowed) if (!isBorrowed(other)) borrowed.delete(other);
  const made = wrap(native.fromShared(array, shape));
  borrowed.add(memory);
  return finish(made, options);
}

function flatten(data: NestedNumbers): number[] {
  if (Array.isArray(data)) return data.flatMap(flatten);
  if (typeof data !== "number" && typeof data !== "boolean")
    throw new TypeError(`tensor: expected numbers or nested arrays of numbers, got ${String(data)}`);
  return [data];
}

/** A tensor from a number, nested arrays of numbers, or a typed array (with its `shape`). */
export function tensor(
  data: NestedNumbers | TypedArray,
  options: TensorOptions & { shape?: readonly number[] } = {},
): Tensor {
  if (ArrayBuffer.isView(data)) return fromTypedArray(data, options.shape ?? [data.length], options);
  const shape: number[] = [];
  for (let level: NestedNumbers = data; Array.isArray(level); level = level[0]!) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const flat = Float64Array.from(flatten(data));
  const { dtype = "float32" } = options;
  if (dtype === "int64") {
    return fromTypedArray(BigInt64Array.from(flat, BigInt), options.shape ?? shape, options);
  }
  return fromTypedArray(flat, options.shape ?? shape, { ...options, dtype });
}

type Fill = (shape: readonly number[], options?: TensorOptions) => Tensor;

const filler =
  (fill: (shape: readonly number[], options: { dtype: DType; device?: string }) => Tensor): Fill =>
  (shape, { dtype = "float32", device = "cpu", requiresGrad = false } = {}) =>
    finish(fill(shape, { dtype, device }), { requiresGrad });

export const zeros: Fill = filler((shape, options) => ops.zeros(shape, options));
export const ones: Fill = filler((shape, options) => ops.ones(shape, options));
/** Unset memory: write before you read. */
export const empty: Fill = filler((shape, options) => ops.empty(shape, options));
/** Uniform on [0, 1), from the default generator (`manualSeed`). */
export const rand: Fill = filler((shape, options) => ops.rand(shape, options));
/** Normal with mean 0 and deviation 1, from the default generator (`manualSeed`). */
export const randn: Fill = filler((shape, options) => ops.randn(shape, options));

export function full(shape: readonly number[], value: number, options: TensorOptions = {}): Tensor {
  return filler((size, rest) => ops.full(size, value, rest))(shape, options);
}

/** Creates start, start + step, ... below end. Default type: int64. */
export function arange(start: number, end: number, step = 1, options: TensorOptions = {}): Tensor {
  const { dtype = "int64", device = "cpu" } = options;
  return finish(ops.arange(start, end, step, { dtype, device }), options);
}
