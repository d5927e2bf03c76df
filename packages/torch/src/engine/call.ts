import { type NativeOperator, native } from "./native.js";
import type { Tensor } from "./tensor.js";

/** The element types a tensor can have here. */
export type DType =
  | "float32"
  | "float64"
  | "float16"
  | "bfloat16"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "bool";

export type MemoryFormat = "contiguous" | "channelsLast" | "preserve";

/** What every tensor is at the bridge: a place in the native table, 0 once released. */
export abstract class Handle {
  /** @internal */
  h: number;

  constructor(h: number) {
    this.h = h;
  }
}

let makeTensor: (handle: number) => Tensor;

/** Called once by tensor.ts: the generated operators come before the class they return. */
export function setTensorFactory(factory: (handle: number) => Tensor): void {
  makeTensor = factory;
}

export const operator = (name: string, overload: string): NativeOperator =>
  native.operator(name, overload, false);

export const inPlaceOperator = (name: string, overload: string): NativeOperator =>
  native.operator(name, overload, true);

export const isTensor = (value: unknown): value is Tensor => value instanceof Handle;

export const isNumber = (value: unknown): value is number =>
  typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";

export const isOptions = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === "object" && value !== null && !Array.isArray(value) && !isTensor(value));

export const isTensors = (value: unknown): boolean => Array.isArray(value) && !isNumber(value[0]);

export const isNumbers = (value: unknown): boolean =>
  isNumber(value) || (Array.isArray(value) && (value.length === 0 || isNumber(value[0])));

/** The handle of a tensor argument; what is no tensor is passed on as text, which the bridge refuses by name. */
export function h(value: unknown): unknown {
  if (value instanceof Handle) return value.h;
  return value === undefined || value === null ? undefined : "not a tensor";
}

export function hs(value: unknown): unknown {
  return Array.isArray(value) ? value.map(h) : h(value);
}

export const wrap = (handle: unknown): Tensor => makeTensor(handle as number);

/** A result that may be absent (an undefined tensor has handle 0). */
const wrapOptional = (handle: number): Tensor | undefined => (handle === 0 ? undefined : makeTensor(handle));

export const wrapList = (handles: unknown): Tensor[] => (handles as number[]).map(makeTensor);

/** Wraps each result by its kind: "T" a tensor, "L" a list of tensors, "V" a plain value. */
export function wrapTuple(results: unknown, kinds: string): unknown[] {
  return (results as unknown[]).map((result, i) => {
    if (kinds[i] === "T") return wrapOptional(result as number);
    return kinds[i] === "L" ? wrapList(result) : result;
  });
}
