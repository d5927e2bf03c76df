import { requireBoolean, requireInstance, requireOptions } from "@supernet/base";
import type { NestedNumbers } from "./format.js";
import * as ops from "./generated/ops.js";
import { native } from "./native.js";
import { isBorrowed, sharedMemory } from "./shared-floats.js";
import { type DType, requirePlacement, type Tensor, type TypedArray, wrap } from "./tensor.js";

/** Element type, device and differentiation of a new tensor. */
export interface TensorOptions {
  /** Default: float32. */
  dtype?: DType;
  /** "cpu", "cuda" or "cuda:1". Default: "cpu". */
  device?: string;
  /** Whether operations on the tensor are recorded for differentiation. Default: false. */
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

const KEYS = ["dtype", "device", "requiresGrad"] as const;

function requireTensorOptions(
  name: string,
  options: TensorOptions,
  keys: readonly (keyof TensorOptions | "shape")[] = KEYS,
): void {
  requireOptions<TensorOptions & { shape: unknown }>(name, options, keys);
  requirePlacement(name, options);
  if (options.requiresGrad !== undefined) requireBoolean(`${name}: requiresGrad`, options.requiresGrad);
}

function finish(tensor: Tensor, options: TensorOptions): Tensor {
  const placed = options.device === undefined ? tensor : tensor.to({ device: options.device });
  if (placed !== tensor) tensor.dispose();
  if (options.requiresGrad) placed.requiresGrad = true;
  return placed;
}

/**
 * Creates a tensor from a copy of a typed array, in row-major order.
 *
 * @example
 * const image = fromTypedArray(new Float32Array(3 * 32 * 32), [1, 3, 32, 32]);
 *
 * @param options.dtype element type. Default: the array's. A Uint8Array may also be "bool". A Uint16Array holds the
 *   bits of "float16" or "bfloat16"; you must specify which
 * @throws TypeError if `array` is not a typed array, or its type has no default and `dtype` is omitted
 */
export function fromTypedArray(
  array: TypedArray,
  shape: readonly number[],
  options: TensorOptions = {},
): Tensor {
  if (!ArrayBuffer.isView(array)) throw new TypeError("fromTypedArray: array must be a typed array");
  requireTensorOptions("fromTypedArray", options);
  return copyTypedArray(array, shape, options);
}

function copyTypedArray(array: TypedArray, shape: readonly number[], options: TensorOptions): Tensor {
  const arrayDtype = arrayTypes.find(([type]) => array instanceof type)?.[1];
  const dtype = options.dtype ?? arrayDtype;
  if (dtype === undefined)
    throw new TypeError("fromTypedArray: this kind of array has no default dtype: specify dtype");
  // A bool is stored in a byte. 16-bit floats are passed as bits, because JavaScript has no array type for them.
  const bits = dtype === "float16" || dtype === "bfloat16";
  const asIs = bits ? array instanceof Uint16Array : dtype === "bool" && array instanceof Uint8Array;
  const made = wrap(native.fromTypedArray(array, shape, asIs ? dtype : (arrayDtype ?? dtype)));
  const cast = made.to({ dtype });
  if (cast !== made) made.dispose();
  return finish(cast, options);
}

/** Memory that tensors use. It must outlive them, even if nothing else refers to it. */
const borrowed = new Set<SharedArrayBuffer>();

/**
 * Creates a tensor on the memory of a `sharedFloats` array, without a copy: a change of either is visible in both. On
 * a device other than the CPU, it is a copy. The memory is held until all tensors that share it are released.
 * @throws TypeError if `sharedFloats` did not allocate the array
 */
export function fromShared(
  array: Float32Array,
  shape: readonly number[],
  options: Pick<TensorOptions, "device"> = {},
): Tensor {
  requireInstance("fromShared: array", array, Float32Array);
  requireTensorOptions("fromShared", options, ["device"]);
  const memory = sharedMemory(array);
  if (!memory) throw new TypeError("fromShared: sharedFloats did not allocate the array");
  for (const other of borrowed) if (!isBorrowed(other)) borrowed.delete(other);
  const made = wrap(native.fromShared(array, shape));
  borrowed.add(memory);
  return finish(made, options);
}

function flatten(data: NestedNumbers, shape: readonly number[], axis = 0): number[] {
  if (Array.isArray(data) ? data.length !== shape[axis] : axis !== shape.length)
    throw new RangeError("tensor: nested arrays must have the same length at the same depth");
  if (Array.isArray(data)) return data.flatMap((item) => flatten(item, shape, axis + 1));
  if (typeof data !== "number" && typeof data !== "boolean")
    throw new TypeError(`tensor: expected numbers or nested arrays of numbers, got ${String(data)}`);
  return [data];
}

/**
 * Creates a tensor from a number, nested arrays of numbers, or a typed array with its `shape`.
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]]);
 * const labels = tensor([0, 2, 1], { dtype: "int64" });
 *
 * @param options.dtype element type. Default: float32, or the type of the typed array
 * @param options.shape shape for a typed array. Default: one dimension
 * @throws RangeError if nested arrays at the same depth have different lengths
 * @throws TypeError if an element is not a number
 */
export function tensor(
  data: NestedNumbers | TypedArray,
  options: TensorOptions & { shape?: readonly number[] } = {},
): Tensor {
  requireTensorOptions("tensor", options, [...KEYS, "shape"]);
  if (ArrayBuffer.isView(data)) return copyTypedArray(data, options.shape ?? [data.length], options);
  const shape: number[] = [];
  for (let level: NestedNumbers = data; Array.isArray(level); level = level[0]!) {
    shape.push(level.length);
    if (level.length === 0) break;
  }
  const flat = Float64Array.from(flatten(data, shape));
  const { dtype = "float32" } = options;
  if (dtype === "int64") {
    return copyTypedArray(BigInt64Array.from(flat, BigInt), options.shape ?? shape, options);
  }
  return copyTypedArray(flat, options.shape ?? shape, { ...options, dtype });
}

type Fill = (shape: readonly number[], options?: TensorOptions) => Tensor;

const filler =
  (
    name: string,
    fill: (shape: readonly number[], options: { dtype: DType; device: string }) => Tensor,
  ): Fill =>
  (shape, options) => {
    if (options !== undefined) requireTensorOptions(name, options);
    const { dtype = "float32", device = "cpu", requiresGrad = false } = options ?? {};
    return finish(fill(shape, { dtype, device }), { requiresGrad });
  };

/** Creates a tensor of zeros. */
export const zeros: Fill = filler("zeros", (shape, options) => ops.zeros(shape, options));
/** Creates a tensor of ones. */
export const ones: Fill = filler("ones", (shape, options) => ops.ones(shape, options));
/** Creates a tensor on uninitialized memory. Write before you read. */
export const empty: Fill = filler("empty", (shape, options) => ops.empty(shape, options));
/** Samples a tensor uniformly from [0, 1), with the default generator (see `manualSeed`). */
export const rand: Fill = filler("rand", (shape, options) => ops.rand(shape, options));
/** Samples a tensor from the normal distribution with mean 0 and standard deviation 1 (see `manualSeed`). */
export const randn: Fill = filler("randn", (shape, options) => ops.randn(shape, options));

/** Creates a tensor whose elements are all `value`. */
export function full(shape: readonly number[], value: number, options: TensorOptions = {}): Tensor {
  return filler("full", (size, rest) => ops.full(size, value, rest))(shape, options);
}

/** Creates a tensor of start, start + step, ..., below `end`. Default type: int64. */
export function arange(start: number, end: number, step = 1, options: TensorOptions = {}): Tensor {
  requireTensorOptions("arange", options);
  const { dtype = "int64", device = "cpu" } = options;
  return finish(ops.arange(start, end, step, { dtype, device }), options);
}
