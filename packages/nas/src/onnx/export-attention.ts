import type { Attention } from "../layer/token-layer.js";
import type { Scope } from "./graph.js";
import type { Value } from "./model.js";
import { dropFirst, multiplyByRows, pad, reshape, transpose } from "./operators.js";

/**
 * Attention with relative positions, [n, tokens, w] to the same, in operators that every runtime has: no look-ups.
 *
 * The vector for a pair of patches is that of the rows between them plus that of the columns. For all queries of one
 * row of the grid the former are a small table by the keys' rows, for those of one column the latter one by the keys'
 * columns, and so products with them are batched products of matrices. The class token has the tables' first rows
 * towards all and from all. Taken off from everything, they leave the softmax as it is, and as weights sum to one they
 * are added to the values once: the class token's share is zero then.
 */
export function exportAttention(scope: Scope, layer: Attention, input: Value): Value {
  const { heads, headWidth, grid } = layer;
  const tokens = grid * grid + 1;
  const op = (type: string, inputs: readonly Value[], shape: readonly number[]) =>
    scope.add(type, inputs, shape);
  const pairs = [heads, tokens, tokens];
  const mixed = [heads, tokens, headWidth];

  const [queries, keys, values] = projections(scope, layer, input);
  const turnedKeys = transpose(scope, keys, [0, 2, 1]);
  const products = op("MatMul", [queries, turnedKeys], pairs);
  const scores = op("Add", [products, relativeScores(scope, layer, queries)], pairs);
  const weights = scope.add("Softmax", [scores], pairs, { axis: { int: -1 } });
  const absolute = op("MatMul", [weights, values], mixed);
  const attended = op("Add", [absolute, relativeValues(scope, layer, weights)], mixed);

  const joined = reshape(scope, transpose(scope, attended, [1, 0, 2]), [tokens, heads * headWidth]);
  const width = input.shape[1]!;
  const projection = "proj.weight";
  const scaled = scope.numbers(projection).data.map((weight) => weight * layer.scale);
  const output = multiplyByRows(scope, joined, { name: projection, rows: scaled, out: width });
  return scope.add("Add", [output, scope.weight("proj.bias")], input.shape);
}

/** Queries, divided by the root of their width, keys and values: each [n, heads, tokens, headWidth]. */
function projections(scope: Scope, { heads, headWidth }: Attention, input: Value): [Value, Value, Value] {
  const [tokens, width] = input.shape as [number, number];
  const inner = heads * headWidth;
  const name = "qkv.weight";
  const { data } = scope.numbers(name);
  const offsets = scope.numbers("qkv.bias").data;
  const common = classVector(scope.within("rel_pos_embed_v"), headWidth);
  const scale = headWidth ** -0.5;
  // The joint weight's rows are interleaved, its bias is not.
  const rows = new Float32Array(data.length);
  const biases = Float32Array.from(offsets);
  for (let of = 0; of < 3; of++) {
    for (let k = 0; k < inner; k++) {
      const factor = of === 0 ? scale : 1;
      const [from, to] = [(3 * k + of) * width, (of * inner + k) * width];
      for (let i = 0; i < width; i++) rows[to + i] = data[from + i]! * factor;
      biases[of * inner + k]! *= factor;
      if (of === 2) biases[of * inner + k]! += common[k % headWidth]!;
    }
  }
  const product = multiplyByRows(scope, input, { name, rows, out: 3 * inner });
  const bias = scope.constant("qkv.bias", [3 * inner], biases);
  const joint = scope.add("Add", [product, bias], [tokens, 3 * inner]);
  const byHead = transpose(scope, reshape(scope, joint, [tokens, 3 * heads, headWidth]), [1, 0, 2]);
  const own = [heads, tokens, headWidth];
  const parts = scope.integers(heads, heads, heads);
  const split = scope.addSplit("Split", [byHead, parts], [own, own, own], { axis: { int: 1 } });
  return split as [Value, Value, Value];
}

/** What relative positions add to the scores: [n, heads, tokens, tokens], zero where the class token is one of the two. */
function relativeScores(scope: Scope, layer: Attention, queries: Value): Value {
  const { heads, headWidth, grid } = layer;
  const patches = grid * grid;
  const [vertical, horizontal] = tablesOf(scope.within("rel_pos_embed_k"), layer, "keys last");
  const own = dropFirst(scope, queries, [2]);
  const byPlace = reshape(scope, own, [heads, grid, grid, headWidth]);
  const distances = [heads, grid, grid, grid];
  const byRow = scope.add("MatMul", [byPlace, vertical], distances);
  const columnsFirst = transpose(scope, byPlace, [0, 2, 1, 3]);
  const byColumn = transpose(scope, scope.add("MatMul", [columnsFirst, horizontal], distances), [0, 2, 1, 3]);
  const sum = scope.add(
    "Add",
    [reshape(scope, byRow, [...distances, 1]), reshape(scope, byColumn, [heads, grid, grid, 1, grid])],
    [...distances, grid],
  );
  const pairs = reshape(scope, sum, [heads, patches, patches]);
  return pad(scope, pairs, [0, 1, 1]);
}

/** What relative positions add to the mixed values: [n, heads, tokens, headWidth], zero for the class token. */
function relativeValues(scope: Scope, layer: Attention, weights: Value): Value {
  const { heads, headWidth, grid } = layer;
  const patches = grid * grid;
  const [vertical, horizontal] = tablesOf(scope.within("rel_pos_embed_v"), layer, "keys first");
  const own = dropFirst(scope, weights, [2, 3]);
  const pairs = reshape(scope, own, [heads, grid, grid, grid, grid]);
  const summed = (axis: number) =>
    scope.add("ReduceSum", [pairs, scope.integers(axis)], [heads, grid, grid, grid], {
      keepdims: { int: 0 },
    });
  const mixed = [heads, grid, grid, headWidth];
  const byRow = scope.add("MatMul", [summed(5), vertical], mixed);
  const columnsFirst = transpose(scope, summed(4), [0, 2, 1, 3]);
  const byColumn = transpose(scope, scope.add("MatMul", [columnsFirst, horizontal], mixed), [0, 2, 1, 3]);
  const sum = scope.add("Add", [byRow, byColumn], mixed);
  const byToken = reshape(scope, sum, [heads, patches, headWidth]);
  return pad(scope, byToken, [0, 1, 0]);
}

/**
 * For each row (column) of the grid that a query stands in, the vectors to the rows (columns) of its keys, less the
 * class token's: [grid, headWidth, grid] with the keys last, [grid, grid, headWidth] with them first.
 */
function tablesOf(
  scope: Scope,
  { grid, distance, headWidth }: Attention,
  order: "keys first" | "keys last",
): [vertical: string, horizontal: string] {
  const [vertical, horizontal] = ["embeddings_table_v", "embeddings_table_h"].map((name) => {
    const { data } = scope.numbers(name);
    const table = new Float32Array(grid * grid * headWidth);
    for (let query = 0; query < grid; query++) {
      for (let key = 0; key < grid; key++) {
        const row = Math.max(-distance, Math.min(distance, key - query)) + distance + 1;
        for (let i = 0; i < headWidth; i++) {
          const place = order === "keys first" ? key * headWidth + i : i * grid + key;
          table[query * grid * headWidth + place] = data[row * headWidth + i]! - data[i]!;
        }
      }
    }
    const shape = order === "keys first" ? [grid, grid, headWidth] : [grid, headWidth, grid];
    return scope.constant(name, shape, table);
  });
  return [vertical!, horizontal!];
}

/** The sum of both tables' first rows, which are the class token's. */
function classVector(scope: Scope, headWidth: number): Float32Array {
  const [vertical, horizontal] = ["embeddings_table_v", "embeddings_table_h"].map(
    (name) => scope.numbers(name).data,
  );
  return Float32Array.from({ length: headWidth }, (_, i) => vertical![i]! + horizontal![i]!);
}
