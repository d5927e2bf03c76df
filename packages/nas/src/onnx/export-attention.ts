import type { Attention } from "../layer/token-layer.js";
import { type Graph, nameIn } from "./graph.js";
import type { Value } from "./model.js";
import { multiplyByRows, pad, reshape, transpose, withoutFirst } from "./operators.js";

/**
 * Attention with relative positions, [n, tokens, w] to the same, in operators that every runtime has: no look-ups.
 *
 * The vector for a pair of patches is that of the rows between them plus that of the columns. For all queries of one
 * row of the grid the former are a small table by the keys' rows, for those of one column the latter one by the keys'
 * columns, and so products with them are batched products of matrices. The class token has the tables' first rows
 * towards all and from all. Taken off from everything, they leave the softmax as it is, and as weights sum to one they
 * are added to the values once: the class token's share is zero then.
 */
export function exportAttention(graph: Graph, layer: Attention, path: string, input: Value): Value {
  const { heads, headWidth, grid } = layer;
  const tokens = grid * grid + 1;
  const op = (type: string, inputs: readonly Value[], shape: readonly number[]) =>
    graph.add(path, type, inputs, shape);
  const pairs = [heads, tokens, tokens];
  const mixed = [heads, tokens, headWidth];

  const [queries, keys, values] = projections(graph, layer, path, input);
  const turnedKeys = transpose(graph, path, keys, [0, 2, 1]);
  const products = op("MatMul", [queries, turnedKeys], pairs);
  const scores = op("Add", [products, relativeScores(graph, layer, path, queries)], pairs);
  const weights = graph.add(path, "Softmax", [scores], pairs, { axis: { int: -1 } });
  const absolute = op("MatMul", [weights, values], mixed);
  const attended = op("Add", [absolute, relativeValues(graph, layer, path, weights)], mixed);

  const joined = reshape(graph, path, transpose(graph, path, attended, [1, 0, 2]), [
    tokens,
    heads * headWidth,
  ]);
  const width = input.shape[1]!;
  const projection = nameIn(path, "proj.weight");
  const scaled = graph.numbers(projection).data.map((weight) => weight * layer.scale);
  const output = multiplyByRows(graph, path, joined, { name: projection, rows: scaled, out: width });
  return graph.add(path, "Add", [output, graph.weight(nameIn(path, "proj.bias"))], input.shape);
}

/** Queries, divided by the root of their width, keys and values: each [n, heads, tokens, headWidth]. */
function projections(
  graph: Graph,
  { heads, headWidth }: Attention,
  path: string,
  input: Value,
): [Value, Value, Value] {
  const [tokens, width] = input.shape as [number, number];
  const inner = heads * headWidth;
  const name = nameIn(path, "qkv.weight");
  const { data } = graph.numbers(name);
  const offsets = graph.numbers(nameIn(path, "qkv.bias")).data;
  const common = classVector(graph, nameIn(path, "rel_pos_embed_v"), headWidth);
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
  const product = multiplyByRows(graph, path, input, { name, rows, out: 3 * inner });
  const bias = graph.constant(nameIn(path, "qkv.bias"), [3 * inner], biases);
  const joint = graph.add(path, "Add", [product, bias], [tokens, 3 * inner]);
  const byHead = transpose(
    graph,
    path,
    reshape(graph, path, joint, [tokens, 3 * heads, headWidth]),
    [1, 0, 2],
  );
  const own = [heads, tokens, headWidth];
  const parts = graph.integers(heads, heads, heads);
  const split = graph.addSplit(path, "Split", [byHead, parts], [own, own, own], { axis: { int: 1 } });
  return split as [Value, Value, Value];
}

/** What relative positions add to the scores: [n, heads, tokens, tokens], zero where the class token is one of the two. */
function relativeScores(graph: Graph, layer: Attention, path: string, queries: Value): Value {
  const { heads, headWidth, grid } = layer;
  const patches = grid * grid;
  const [vertical, horizontal] = tablesOf(graph, layer, nameIn(path, "rel_pos_embed_k"), "keys last");
  const own = withoutFirst(graph, path, queries, [2], [heads, patches, headWidth]);
  const byPlace = reshape(graph, path, own, [heads, grid, grid, headWidth]);
  const distances = [heads, grid, grid, grid];
  const byRow = graph.add(path, "MatMul", [byPlace, vertical], distances);
  const columnsFirst = transpose(graph, path, byPlace, [0, 2, 1, 3]);
  const byColumn = transpose(
    graph,
    path,
    graph.add(path, "MatMul", [columnsFirst, horizontal], distances),
    [0, 2, 1, 3],
  );
  const sum = graph.add(
    path,
    "Add",
    [
      reshape(graph, path, byRow, [...distances, 1]),
      reshape(graph, path, byColumn, [heads, grid, grid, 1, grid]),
    ],
    [...distances, grid],
  );
  const pairs = reshape(graph, path, sum, [heads, patches, patches]);
  return pad(graph, path, pairs, [0, 1, 1], [heads, patches + 1, patches + 1]);
}

/** What relative positions add to the mixed values: [n, heads, tokens, headWidth], zero for the class token. */
function relativeValues(graph: Graph, layer: Attention, path: string, weights: Value): Value {
  const { heads, headWidth, grid } = layer;
  const patches = grid * grid;
  const [vertical, horizontal] = tablesOf(graph, layer, nameIn(path, "rel_pos_embed_v"), "keys first");
  const own = withoutFirst(graph, path, weights, [2, 3], [heads, patches, patches]);
  const pairs = reshape(graph, path, own, [heads, grid, grid, grid, grid]);
  const summed = (axis: number) =>
    graph.add(path, "ReduceSum", [pairs, graph.integers(axis)], [heads, grid, grid, grid], {
      keepdims: { int: 0 },
    });
  const mixed = [heads, grid, grid, headWidth];
  const byRow = graph.add(path, "MatMul", [summed(5), vertical], mixed);
  const columnsFirst = transpose(graph, path, summed(4), [0, 2, 1, 3]);
  const byColumn = transpose(
    graph,
    path,
    graph.add(path, "MatMul", [columnsFirst, horizontal], mixed),
    [0, 2, 1, 3],
  );
  const sum = graph.add(path, "Add", [byRow, byColumn], mixed);
  const byToken = reshape(graph, path, sum, [heads, patches, headWidth]);
  return pad(graph, path, byToken, [0, 1, 0], [heads, patches + 1, headWidth]);
}

/**
 * For each row (column) of the grid that a query stands in, the vectors to the rows (columns) of its keys, less the
 * class token's: [grid, headWidth, grid] with the keys last, [grid, grid, headWidth] with them first.
 */
function tablesOf(
  graph: Graph,
  { grid, distance, headWidth }: Attention,
  path: string,
  order: "keys first" | "keys last",
): [vertical: string, horizontal: string] {
  const [vertical, horizontal] = ["embeddings_table_v", "embeddings_table_h"].map((name) => {
    const { data } = graph.numbers(nameIn(path, name));
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
    return graph.constant(nameIn(path, name), shape, table);
  });
  return [vertical!, horizontal!];
}

/** The sum of both tables' first rows, which are the class token's. */
function classVector(graph: Graph, path: string, headWidth: number): Float32Array {
  const [vertical, horizontal] = ["embeddings_table_v", "embeddings_table_h"].map(
    (name) => graph.numbers(nameIn(path, name)).data,
  );
  return Float32Array.from({ length: headWidth }, (_, i) => vertical![i]! + horizontal![i]!);
}
