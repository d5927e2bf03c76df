// Small operators that the graphs of detectors share. Except for maps, values are names, and shapes are in comments.
import type { Scope, Value } from "@supernet/nas/onnx";

/** ONNX's numbers of tensor types. */
const TYPES = { float32: 1, int64: 7 };

/** Size along an axis: a number, or the name of an int64 value, [1], if it is only known when the model runs. */
export type Size = number | string;

/** Returns the size of a map along an axis, 2 for the height and 3 for the width. */
export const sizeOf = (scope: Scope, map: Value, axis: 2 | 3): Size =>
  scope.anySize
    ? scope.node("Shape", [map], { start: { int: axis }, end: { int: axis + 1 } })
    : map.shape[axis - 1]!;

/** Multiplies sizes. */
export const multiplySizes = (scope: Scope, a: Size, b: Size): Size =>
  typeof a === "number" && typeof b === "number"
    ? a * b
    : scope.node("Mul", [sizeInput(scope, a), sizeInput(scope, b)]);

/** Returns the smaller size. */
export const smallerSize = (scope: Scope, a: Size, b: Size): Size =>
  typeof a === "number" && typeof b === "number"
    ? Math.min(a, b)
    : scope.node("Min", [sizeInput(scope, a), sizeInput(scope, b)]);

/** Returns a size as an input of an operator, int64 [1]. */
export const sizeInput = (scope: Scope, size: Size): string =>
  typeof size === "number" ? scope.integers(size) : size;

/** Returns the size of the batch of a value, int64 [1]. */
export const batchOf = (scope: Scope, value: string | Value): string =>
  scope.node("Shape", [value], { start: { int: 0 }, end: { int: 1 } });

/** Joins values along an axis. */
export const concat = (scope: Scope, values: readonly (string | Value)[], axis: number): string =>
  scope.node("Concat", values, { axis: { int: axis } });

/** Reshapes a value. 0 keeps a size, -1 is derived. */
export const reshape = (scope: Scope, value: string | Value, ...shape: readonly number[]): string =>
  scope.node("Reshape", [value, scope.integers(...shape)]);

/** Permutes all axes of a value. */
export const transpose = (scope: Scope, value: string | Value, ...order: readonly number[]): string =>
  scope.node("Transpose", [value], { perm: { ints: order } });

/** Inserts an axis of size 1. */
export const unsqueeze = (scope: Scope, value: string, axis: number): string =>
  scope.node("Unsqueeze", [value, scope.integers(axis)]);

/** Converts the elements of a value. */
export const cast = (scope: Scope, value: string, type: keyof typeof TYPES): string =>
  scope.node("Cast", [value], { to: { int: TYPES[type] } });

/** Returns the entries at these indices of an axis. */
export const gather = (scope: Scope, value: string, indices: string, axis = 0): string =>
  scope.node("Gather", [value, indices], { axis: { int: axis } });

/** Returns column `index` of an int64 matrix, [n, columns] -> [n, 1]. */
export const column = (scope: Scope, matrix: string, index: number): string =>
  gather(scope, matrix, scope.integers(index), 1);

/**
 * Returns the rows of each image at its own indices.
 * @param rows [N, R, ...]
 * @param indices int64 [N, K]
 * @returns [N, K, ...]
 */
export const rowsOfImages = (scope: Scope, rows: string, indices: string): string =>
  scope.node("GatherND", [rows, unsqueeze(scope, indices, -1)], { batch_dims: { int: 1 } });

/** Adds a constant of the same value everywhere, with a shape that is only known when the model runs. */
export const filled = (scope: Scope, value: number, shape: string): string =>
  scope.node("Expand", [scope.number(value), shape]);

/** Adds a list of integers of any length, such as a table. */
export const integerTable = (
  scope: Scope,
  name: string,
  values: readonly number[],
  shape: readonly number[],
) =>
  scope.constant(
    name,
    shape,
    BigInt64Array.from(values, (value) => BigInt(value)),
  );

/** Divides non-negative integers and drops the remainder. */
export const quotient = (scope: Scope, value: string, divisor: Size): string =>
  divisor === 1 ? value : scope.node("Div", [value, sizeInput(scope, divisor)]);

/** Returns the remainder of a division of non-negative integers. */
export const remainder = (scope: Scope, value: string, divisor: Size): string =>
  scope.node("Mod", [value, sizeInput(scope, divisor)]);

/** Splits the four numbers of boxes or deltas, [..., 4], into two pairs, [..., 2]. */
export const splitPairs = (scope: Scope, boxes: string): [first: string, second: string] =>
  scope.nodes("Split", 2, [boxes, scope.integers(2, 2)], { axis: { int: -1 } }) as [string, string];
