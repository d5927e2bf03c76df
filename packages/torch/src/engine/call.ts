// Conversion of arguments and results of the generated operators.
import { requireOptions } from "@supernet/base";
import { type NativeOperator, native } from "./native.js";
import { Tensor, wrap } from "./tensor.js";

export const operator = (name: string, overload: string): NativeOperator =>
  native.operator(name, overload, false);

export const inPlaceOperator = (name: string, overload: string): NativeOperator =>
  native.operator(name, overload, true);

export const isTensor = (value: unknown): value is Tensor => value instanceof Tensor;

export const isNumber = (value: unknown): value is number =>
  typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";

export const isOptions = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === "object" && value !== null && !Array.isArray(value) && !isTensor(value));

export const checkOptions = (name: string, options: unknown, keys: readonly string[]): void =>
  requireOptions<Record<string, unknown>>(name, options, keys);

export const isTensors = (value: unknown): boolean => Array.isArray(value) && !isNumber(value[0]);

export const isNumbers = (value: unknown): boolean =>
  isNumber(value) || (Array.isArray(value) && (value.length === 0 || isNumber(value[0])));

/**
 * Returns the handle of a tensor argument, or undefined if it is absent. Any other value becomes a string, which the
 * native code rejects with the argument's name.
 */
export function handleOf(value: unknown): unknown {
  if (value instanceof Tensor) return value.h;
  return value === undefined || value === null ? undefined : "not a tensor";
}

/** Returns the handles of a list of tensors. */
export function handlesOf(value: unknown): unknown {
  return Array.isArray(value) ? value.map(handleOf) : handleOf(value);
}

/** Wraps a result that may be absent: an undefined tensor has handle 0. */
const wrapOptional = (handle: number): Tensor | undefined => (handle === 0 ? undefined : wrap(handle));

export const wrapList = (handles: unknown): Tensor[] => (handles as number[]).map(wrap);

/** Wraps each result by its kind: "T" is a tensor, "L" a list of tensors, "V" a plain value. */
export function wrapTuple(results: unknown, kinds: string): unknown[] {
  return (results as unknown[]).map((result, i) => {
    if (kinds[i] === "T") return wrapOptional(result as number);
    return kinds[i] === "L" ? wrapList(result) : result;
  });
}
