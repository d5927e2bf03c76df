import { type DType, operator, setTensorFactory } from "./call.js";
import { formatTensor } from "./format.js";
import { TensorMethods } from "./generated/methods.js";
import { type NativeOperator, native } from "./native.js";
import { adopt, unwatch } from "./ownership.js";

export type TypedArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array;

export type NestedNumbers = number | NestedNumbers[];

/**
 * An n-dimensional array in libtorch's memory, with automatic differentiation.
 *
 * Every ATen operator is a method, named as in PyTorch's schemas but in camelCase; see `ops` for those that do
 * not start from a tensor. JavaScript's collector does not see tensor memory, so work inside `tidy(...)`,
 * call `dispose()`, or declare with `using`.
 */
export class Tensor extends TensorMethods {
  /** @internal taken out of all scopes */
  kept = false;
  /** @internal returned from the scope that is ending */
  escaping = false;
  /** @internal registered with the garbage collector */
  watched = false;
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

  get disposed(): boolean {
    return this.h === 0;
  }

  get requiresGrad(): boolean {
    return native.requiresGrad(this.h);
  }

  set requiresGrad(value: boolean) {
    native.setRequiresGrad(this.h, value);
  }

  /** The gradient gathered by `backward`, of this tensor's shape; undefined where there is none. */
  get grad(): Tensor | undefined {
    const handle = native.getGrad(this.h);
    return handle === 0 ? undefined : make(handle);
  }

  set grad(gradient: Tensor | undefined) {
    native.setGrad(this.h, gradient?.h);
  }

  /**
   * Adds the derivative of this tensor to the `grad` of every leaf it was computed from.
   * @param gradient of this tensor's shape; may be left out where this tensor has one element
   */
  backward(gradient?: Tensor, options: { retainGraph?: boolean; createGraph?: boolean } = {}): void {
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

  /** This tensor with another element type or on another device; itself where nothing changes. */
  to(target: { dtype?: DType | undefined; device?: string | undefined }): Tensor {
    const { dtype = this.dtype, device = this.device } = target;
    const sameDevice = device === this.device || (device === "cuda" && this.device.startsWith("cuda"));
    if (dtype === this.dtype && sameDevice) return this;
    toDevice ??= operator("aten::to", "device");
    return make(toDevice(this.h, device, dtype) as number);
  }

  /** Takes the tensor out of all scopes: it lives until `dispose()` or until nothing refers to it. */
  keep(): this {
    if (!this.kept) {
      this.kept = true;
      adopt(this);
    }
    return this;
  }

  /** Releases this tensor now. Views of it and recorded gradients keep the memory they need. */
  dispose(): void {
    if (this.h === 0) return;
    unwatch(this);
    native.release(this.h);
    this.h = 0;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  override toString(): string {
    return this.disposed ? "Tensor(released)" : formatTensor(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

let toDevice: NativeOperator | undefined;

function make(handle: number): Tensor {
  const tensor = new Tensor(handle);
  adopt(tensor);
  return tensor;
}

setTensorFactory(make);
