import { requireOneOf, requireOptions } from "@supernet/base";
import { formatNumbers, type NestedNumbers } from "./format.js";
import { type NativeOperator, native } from "./native.js";
import { adopt, Owned } from "./ownership.js";

const DTYPES = [
  "float32",
  "float64",
  "float16",
  "bfloat16",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "bool",
] as const;

/** Element type of a tensor. */
export type DType = (typeof DTYPES)[number];

/** Order of a tensor's elements in memory. */
export type MemoryFormat = "contiguous" | "channelsLast" | "preserve";

/** Array types that tensors convert from and to. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array;

/** Element type and device of a tensor. */
export interface Placement {
  dtype?: DType | undefined;
  device?: string | undefined;
}

/** Options of a backward pass. */
export interface GraphOptions {
  /** Keep the recorded graph for another pass. Default: `createGraph`. */
  retainGraph?: boolean;
  /** Record the backward pass itself, for higher derivatives. Default: false. */
  createGraph?: boolean;
}

/** Maximum number of elements of a tensor that is printed in full. Larger ones are printed with long axes shortened. */
const MAX_PRINTED_IN_FULL = 1000;
/** Maximum number of elements of a tensor that is printed with elements. */
const MAX_PRINTED = 1_000_000;

/**
 * N-dimensional array in libtorch's memory, with automatic differentiation.
 *
 * Every ATen operator whose first argument is a tensor is a method, named as in PyTorch but in camelCase. All other
 * operators are functions in `ops`. JavaScript's garbage collector does not see tensor memory, so work inside
 * `tidy(...)`, call `dispose()`, or declare tensors with `using`.
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * x.mul(x).sum().backward();
 * x.grad?.toArray(); // [[2, 4], [6, 8]]
 */
export class Tensor extends Owned {
  #shape: readonly number[] | undefined;
  #dtype: DType | undefined;

  /** Size of each dimension. */
  get shape(): readonly number[] {
    this.#shape ??= Object.freeze(native.shape(this.h));
    return this.#shape;
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get numel(): number {
    return this.shape.reduce((product, size) => product * size, 1);
  }

  /** Element type. */
  get dtype(): DType {
    this.#dtype ??= native.dtype(this.h) as DType;
    return this.#dtype;
  }

  /** Device of the elements: "cpu" or "cuda:0", for example. */
  get device(): string {
    return native.device(this.h);
  }

  /** Whether operations on this tensor are recorded for differentiation. Only a leaf can be set to false. */
  get requiresGrad(): boolean {
    return native.requiresGrad(this.h);
  }

  set requiresGrad(value: boolean) {
    native.setRequiresGrad(this.h, value);
  }

  /** Gradient that `backward` accumulated, with this tensor's shape; undefined if there is none. */
  get grad(): Tensor | undefined {
    const handle = native.getGrad(this.h);
    return handle === 0 ? undefined : wrap(handle);
  }

  set grad(gradient: Tensor | undefined) {
    native.setGrad(this.h, gradient?.h);
  }

  /**
   * Adds the derivative of this tensor to the `grad` of every leaf it was computed from.
   * @param gradient weights of this tensor's elements, with its shape. May be omitted if it has one element
   */
  backward(gradient?: Tensor, options: GraphOptions = {}): void {
    requireOptions<GraphOptions>("Tensor.backward", options, ["retainGraph", "createGraph"]);
    const createGraph = options.createGraph ?? false;
    native.backward([this.h], gradient && [gradient.h], options.retainGraph ?? createGraph, createGraph);
  }

  /** Returns the value of a tensor with one element. int64 values beyond 2^53 are rounded. */
  item(): number {
    return native.item(this.h);
  }

  /** Returns a copy of the elements in row-major order: bool as Uint8Array, 16-bit floats as bits in a Uint16Array. */
  toTypedArray(): TypedArray {
    return native.toTypedArray(this.h) as TypedArray;
  }

  /** Returns the elements as nested arrays of numbers, or as a number if the tensor has no dimensions. */
  toArray(): NestedNumbers {
    const wide = this.dtype === "float16" || this.dtype === "bfloat16" ? this.to({ dtype: "float32" }) : this;
    const flat = Array.from(wide.toTypedArray() as Float32Array, Number);
    if (wide !== this) wide.dispose();
    const nest = (dimension: number, offset: number, stride: number): NestedNumbers => {
      if (dimension === this.ndim) return flat[offset]!;
      const size = this.shape[dimension]!;
      const step = size === 0 ? 0 : stride / size;
      return Array.from({ length: size }, (_, i) => nest(dimension + 1, offset + i * step, step));
    };
    return nest(0, 0, this.numel);
  }

  /** Returns a copy with another element type or on another device, or this tensor itself if nothing changes. */
  to(target: Placement): Tensor {
    requireOptions<Placement>("Tensor.to", target, ["dtype", "device"]);
    requirePlacement("Tensor.to", target);
    const { dtype = this.dtype, device = this.device } = target;
    const sameDevice = device === this.device || (device === "cuda" && this.device.startsWith("cuda"));
    if (dtype === this.dtype && sameDevice) return this;
    toDevice ??= native.operator("aten::to", "device", false);
    return wrap(toDevice(this.h, device, dtype));
  }

  /**
   * Formats as "Tensor float32[2, 3] on cpu" and the elements. Long axes are shortened to three elements at each end.
   */
  override toString(): string {
    if (this.disposed) return "Tensor(released)";
    const flags = this.requiresGrad ? ", requires grad" : "";
    const head = `Tensor ${this.dtype}[${this.shape.join(", ")}] on ${this.device}${flags}`;
    if (this.numel > MAX_PRINTED) return `${head} (too large to print)`;
    const cut = this.numel > MAX_PRINTED_IN_FULL;
    return `${head}\n${formatNumbers(this.toArray(), { cut, integral: !this.dtype.includes("float") })}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

let toDevice: NativeOperator | undefined;

/** @throws TypeError that names the valid types or devices */
export function requirePlacement(name: string, { dtype, device }: Placement): void {
  if (dtype !== undefined) requireOneOf(`${name}: dtype`, dtype, DTYPES);
  if (device !== undefined) requireDevice(`${name}: device`, device);
}

export function requireDevice(name: string, device: unknown): asserts device is string {
  if (typeof device === "string" && /^(cpu|cuda)(:\d+)?$/.test(device)) return;
  throw new TypeError(`${name} must be cpu, cuda or cuda:N, got ${JSON.stringify(device)}`);
}

/** Creates the tensor of a new handle and adds it to the current scope. */
export function wrap(handle: unknown): Tensor {
  const tensor = new Tensor(handle as number);
  adopt(tensor);
  return tensor;
}
