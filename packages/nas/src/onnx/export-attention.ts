import type { Attention } from "../layer/token-layer.js";
import type { Scope } from "./graph.js";
import type { Value } from "./model.js";
import { dropFirst, multiplyByRows, pad, reshape, transpose } from "./operators.js";

/**
 * Exports attention with relative positions, `[n, tokens, w] -> [n, tokens, w]`. Uses only operators that every runtime
 * supports, and no table lookups.
 *
 * The vector of a pair of patches is the sum of a vector for their vertical and one for their horizontal distance. All
 * queries in one row of the grid use the same small table of vertical vectors, indexed by the row of the key. The same
 * holds for columns. The products with these vectors are therefore batched matrix products.
 *
 * Pairs with the class token use the first rows of the tables. These rows are subtracted from all vectors, so the class
 * token's vectors become zero. For the keys, this does not change the softmax. For the values, the rows are added back
 * once, because the attention weights sum to one.
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

/** Returns queries (divided by sqrt(headWidth)), keys and values, each `[n, heads, tokens, headWidth]`. */
function projections(scope: Scope, { heads, headWidth }: Attention, input: Value): [Value, Value, Value] {
  const [tokens, width] = input.shape as [number, number];
  const inner = heads * headWidth;
  const name = "qkv.weight";
  const { data } = scope.numbers(name);
  const offsets = scope.numbers("qkv.bias").data;
  const common = classVector(scope.within("rel_pos_embed_v"), headWidth);
  const scale = headWidth ** -0.5;
  // The rows of the joint weight are interleaved, but its bias is not.
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

/** Returns the position term of the scores, `[n, heads, tokens, tokens]`: zero for pairs with the class token. */
function relativeScores(scope: Scope, layer: Attention, queries: Value): Value {
  const { heads, headWidth, grid } = layer;
  const patches = grid * grid;
  const [vertical, horizontal] = tablesOf(scope.within("rel_pos_embed_k"), layer, "keys last");
  const own = dropFirst(scope, queries, [2]);
  const onGrid = reshape(scope, own, [heads, grid, grid, headWidth]);
  const distances = [heads, grid, grid, grid];
  const byRow = scope.add("MatMul", [onGrid, vertical], distances);
  const columnsFirst = transpose(scope, onGrid, [0, 2, 1, 3]);
  const byColumn = transpose(scope, scope.add("MatMul", [columnsFirst, horizontal], distances), [0, 2, 1, 3]);
  const sum = scope.add(
    "Add",
    [reshape(scope, byRow, [...distances, 1]), reshape(scope, byColumn, [heads, grid, grid, 1, grid])],
    [...distances, grid],
  );
  const pairs = reshape(scope, sum, [heads, patches, patches]);
  return pad(scope, pairs, [0, 1, 1]);
}

/** Returns the position term of the mixed values, `[n, heads, tokens, headWidth]`: zero for the class token. */
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
 * Returns tables of the vectors from each row (or column) of a query to each row (or column) of a key, minus the class
 * token's vector: `[grid, headWidth, grid]` with the keys last, `[grid, grid, headWidth]` with the keys first.
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
          const offset = order === "keys first" ? key * headWidth + i : i * grid + key;
          table[query * grid * headWidth + offset] = data[row * headWidth + i]! - data[i]!;
        }
      }
    }
    const shape = order === "keys first" ? [grid, grid, headWidth] : [grid, headWidth, grid];
    return scope.constant(name, shape, table);
  });
  return [vertical!, horizontal!];
}

/** Returns the sum of both tables' first rows, which are the class token's. */
function classVector(scope: Scope, headWidth: number): Float32Array {
  const [vertical, horizontal] = ["embeddings_table_v", "embeddings_table_h"].map(
    (name) => scope.numbers(name).data,
  );
  return Float32Array.from({ length: headWidth }, (_, i) => vertical![i]! + horizontal![i]!);
}
