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

/** Element types of tensors. */
export type DType = (typeof DTYPES)[number];

export type MemoryFormat = "contiguous" | "channelsLast" | "preserve";

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

export interface GraphOptions {
  /** Keep what the pass needs, for another one. Default: `createGraph`. */
  retainGraph?: boolean;
  /** Record the pass itself, for higher derivatives. Default: false. */
  createGraph?: boolean;
}

/** Tensors with more elements are printed with long sides cut. */
const MAX_PRINTED_IN_FULL = 1000;
/** Tensors with more elements are printed without elements. */
const MAX_PRINTED = 1_000_000;

/**
 * N-dimensional array in libtorch's memory, with automatic differentiation.
 *
 * Every ATen operator is a method, named as in PyTorch's schemas but in camelCase; see `ops` for those that do
 * not start from a tensor. `generated/methods.ts` adds these methods. JavaScript's garbage collector does not see
 * tensor memory, so work inside `tidy(...)`, call `dispose()`, or declare with `using`.
 */
export class Tensor extends Owned {
  #shape: readonly number[] | undefined;
  #dtype: DType | undefined;

  get shape(): readonly number[] {
    this.#shape ??= Object.freeze(native.shape(this.h));
    return this.#shape;
  }

  get ndim(): number {
    return this.shape.length;
  }

  /** The number of elements. */
  get numel(): number {
    return this.shape.reduce((product, size) => product * size, 1);
  }

  get dtype(): DType {
    this.#dtype ??= native.dtype(this.h) as DType;
    return this.#dtype;
  }

  /** "cpu", or "cuda:0" and so on. */
  get device(): string {
    return native.device(this.h);
  }

  get requiresGrad(): boolean {
    return native.requiresGrad(this.h);
  }

  set requiresGrad(value: boolean) {
    native.setRequiresGrad(this.h, value);
  }

  /** The gradient gathered by `backward`, of this tensor's shape; undefined if there is none. */
  get grad(): Tensor | undefined {
    const handle = native.getGrad(this.h);
    return handle === 0 ? undefined : wrap(handle);
  }

  set grad(gradient: Tensor | undefined) {
    native.setGrad(this.h, gradient?.h);
  }

  /**
   * Adds the derivative of this tensor to the `grad` of every leaf it was computed from.
   * @param gradient of this tensor's shape; may be left out where this tensor has one element
   */
  backward(gradient?: Tensor, options: GraphOptions = {}): void {
    requireOptions<GraphOptions>("Tensor.backward", options, ["retainGraph", "createGraph"]);
    const createGraph = options.createGraph ?? false;
    native.backward([this.h], gradient && [gradient.h], options.retainGraph ?? createGraph, createGraph);
  }

  /** The value of a tensor with one element, as a number (int64 beyond 2^53 loses its last digits). */
  item(): number {
    return native.item(this.h);
  }

  /** A copy of the elements, row-major: int64 as BigInt64Array, bool as Uint8Array, 16-bit floats as bits. */
  toTypedArray(): TypedArray {
    return native.toTypedArray(this.h) as TypedArray;
  }

  /** The elements as nested arrays of numbers; a plain number where the tensor has no dimension. */
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

  /** Returns this tensor with another element type or on another device; itself if nothing changes. */
  to(target: Placement): Tensor {
    requireOptions<Placement>("Tensor.to", target, ["dtype", "device"]);
    requirePlacement("Tensor.to", target);
    const { dtype = this.dtype, device = this.device } = target;
    const sameDevice = device === this.device || (device === "cuda" && this.device.startsWith("cuda"));
    if (dtype === this.dtype && sameDevice) return this;
    toDevice ??= native.operator("aten::to", "device", false);
    return wrap(toDevice(this.h, device, dtype));
  }

  /** "Tensor float32[2, 3] on cpu" and the elements; long sides are cut to their first and last three. */
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

/** Creates the tensor of a new handle, and adds it to the current scope. */
export function wrap(handle: unknown): Tensor {
  const tensor = new Tensor(handle as number);
  adopt(tensor);
  return tensor;
}
