/** Operators that exported layers share. Shapes omit the batch. */
import type { Scope } from "./graph.js";
import type { Value } from "./model.js";

/** Reshapes a value. */
export const reshape = (scope: Scope, value: Value, shape: readonly number[]): Value =>
  // 0 keeps the size of the batch dimension.
  scope.add("Reshape", [value, scope.integers(0, ...shape)], shape);

/**
 * Permutes the axes of a value.
 * @param order axes after the batch, counted from 0
 */
export function transpose(scope: Scope, value: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => value.shape[axis]!);
  return scope.add("Transpose", [value], shape, { perm: { ints: [0, ...order.map((i) => i + 1)] } });
}

/** Drops the first entry along some axes. Axis 0 is the batch. */
export function dropFirst(scope: Scope, value: Value, axes: readonly number[]): Value {
  const starts = scope.integers(...axes.map(() => 1));
  const ends = scope.integers(...axes.map((axis) => value.shape[axis - 1]!));
  const shape = value.shape.map((size, i) => (axes.includes(i + 1) ? size - 1 : size));
  return scope.add("Slice", [value, starts, ends, scope.integers(...axes)], shape);
}

/** Prepends `before[i]` zeros along each axis after the batch. */
export function pad(scope: Scope, value: Value, before: readonly number[]): Value {
  const pads = [0, ...before, 0, ...before.map(() => 0)];
  const shape = value.shape.map((size, i) => size + before[i]!);
  return scope.add("Pad", [value, scope.integers(...pads)], shape);
}

/** Matrix of `out` rows, each as wide as a token. */
export interface NamedMatrix {
  readonly name: string;
  readonly rows: Float32Array;
  readonly out: number;
}

/** Multiplies the tokens of a sequence by the rows of a matrix. The graph contains the transposed matrix. */
export function multiplyByRows(scope: Scope, input: Value, { name, rows, out }: NamedMatrix): Value {
  const [tokens, width] = input.shape as [number, number];
  const transposed = new Float32Array(rows.length);
  for (let o = 0; o < out; o++) {
    for (let i = 0; i < width; i++) transposed[i * out + o] = rows[o * width + i]!;
  }
  return scope.add("MatMul", [input, scope.constant(name, [width, out], transposed)], [tokens, out]);
}
