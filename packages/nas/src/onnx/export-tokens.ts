import type { PatchEmbedding } from "../layer/token-layer.js";
import { type Graph, nameIn } from "./graph.js";
import type { Value } from "./model.js";
import { pad, reshape, transpose, withoutFirst } from "./operators.js";

/** [n, 3, imageSize, imageSize] -> [n, patches, width], patches row by row. */
export function exportPatchEmbedding(
  graph: Graph,
  { out, patch, imageSize }: PatchEmbedding,
  path: string,
  input: Value,
): Value {
  const grid = imageSize / patch;
  const weights = ["proj.weight", "proj.bias"].map((name) => graph.weight(nameIn(path, name)));
  const map = graph.add(path, "Conv", [input, ...weights], [out, grid, grid], {
    kernel_shape: { ints: [patch, patch] },
    strides: { ints: [patch, patch] },
  });
  const flat = reshape(graph, path, map, [out, grid * grid]);
  return transpose(graph, path, flat, [1, 0]);
}

/** [n, patches, w] -> [n, patches + 1, w]: a row of zeros before the others, to which the class token is added. */
export function exportClassToken(graph: Graph, path: string, input: Value): Value {
  const [patches, width] = input.shape as [number, number];
  const token = graph.numbers(nameIn(path, "cls_token")).data;
  const added = Float32Array.from(graph.numbers(nameIn(path, "pos_embed")).data);
  for (let i = 0; i < width; i++) added[i]! += token[i]!;
  const shape = [patches + 1, width];
  const padded = pad(graph, path, input, [1, 0], shape);
  return graph.add(path, "Add", [padded, graph.constant(nameIn(path, "added"), [1, ...shape], added)], shape);
}

/** x (1 + erf(x / sqrt 2)) / 2, in the operators that runtimes know it by: one of its own came with opset 20. */
export function exportGelu(graph: Graph, path: string, input: Value): Value {
  const { shape } = input;
  const scaled = graph.add(path, "Div", [input, graph.number(Math.SQRT2)], shape);
  const error = graph.add(path, "Erf", [scaled], shape);
  const raised = graph.add(path, "Add", [error, graph.number(1)], shape);
  const product = graph.add(path, "Mul", [input, raised], shape);
  return graph.add(path, "Mul", [product, graph.number(0.5)], shape);
}

/** [n, tokens, w] -> [n, w] */
export function exportTokenPool(graph: Graph, path: string, input: Value): Value {
  const [tokens, width] = input.shape as [number, number];
  const patches = withoutFirst(graph, path, input, [1], [tokens - 1, width]);
  return graph.add(path, "ReduceMean", [patches], [width], { axes: { ints: [1] }, keepdims: { int: 0 } });
}
