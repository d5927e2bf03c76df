/** Operators that layers are put together from. Shapes are without batch. */
import type { Graph } from "./graph.js";
import type { Value } from "./model.js";

/** The same numbers in another shape. */
export const reshape = (graph: Graph, path: string, value: Value, shape: readonly number[]): Value =>
  // A zero keeps the size that stands there: the batch.
  graph.add(path, "Reshape", [value, graph.integers(0, ...shape)], shape);

/** @param order of the axes after the batch, counted from 0 */
export function transpose(graph: Graph, path: string, value: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => value.shape[axis]!);
  return graph.add(path, "Transpose", [value], shape, { perm: { ints: [0, ...order.map((i) => i + 1)] } });
}

/** Without the first place along some axes. */
export function withoutFirst(
  graph: Graph,
  path: string,
  value: Value,
  axes: readonly number[],
  shape: readonly number[],
): Value {
  const starts = graph.integers(...axes.map(() => 1));
  const ends = graph.integers(...axes.map((axis) => value.shape[axis - 1]!));
  return graph.add(path, "Slice", [value, starts, ends, graph.integers(...axes)], shape);
}

/** With so many zeros before the first place of each axis after the batch. */
export function pad(
  graph: Graph,
  path: string,
  value: Value,
  before: readonly number[],
  shape: readonly number[],
): Value {
  const pads = [0, ...before, 0, ...before.map(() => 0)];
  return graph.add(path, "Pad", [value, graph.integers(...pads)], shape);
}

/** A matrix of `out` rows, each as long as a token. */
export interface NamedMatrix {
  readonly name: string;
  readonly rows: Float32Array;
  readonly out: number;
}

/** Multiplies a sequence's tokens with the rows of a matrix. The graph has it transposed, as MatMul takes it. */
export function multiplyByRows(
  graph: Graph,
  path: string,
  input: Value,
  { name, rows, out }: NamedMatrix,
): Value {
  const [tokens, width] = input.shape as [number, number];
  const transposed = new Float32Array(rows.length);
  for (let o = 0; o < out; o++) {
    for (let i = 0; i < width; i++) transposed[i * out + o] = rows[o * width + i]!;
  }
  return graph.add(path, "MatMul", [input, graph.constant(name, [width, out], transposed)], [tokens, out]);
}
