import type { PatchEmbedding } from "../layer/token-layer.js";
import type { Scope } from "./graph.js";
import type { Value } from "./model.js";
import { dropFirst, pad, reshape, transpose } from "./operators.js";

/** Exports a patch embedding, row by row: `[n, 3, imageSize, imageSize] -> [n, patches, width]`. */
export function exportPatchEmbedding(
  scope: Scope,
  { out, patch, imageSize }: PatchEmbedding,
  input: Value,
): Value {
  const grid = imageSize / patch;
  const weights = ["proj.weight", "proj.bias"].map((name) => scope.weight(name));
  const map = scope.add("Conv", [input, ...weights], [out, grid, grid], {
    kernel_shape: { ints: [patch, patch] },
    strides: { ints: [patch, patch] },
  });
  const flat = reshape(scope, map, [out, grid * grid]);
  return transpose(scope, flat, [1, 0]);
}

/**
 * Exports a class token and positions: `[n, patches, w] -> [n, patches + 1, w]`. Prepends a row of zeros, and adds the
 * class token to it and the positions to all rows.
 */
export function exportClassToken(scope: Scope, input: Value): Value {
  const [patches, width] = input.shape as [number, number];
  const token = scope.numbers("cls_token").data;
  const added = Float32Array.from(scope.numbers("pos_embed").data);
  for (let i = 0; i < width; i++) added[i]! += token[i]!;
  const shape = [patches + 1, width];
  const padded = pad(scope, input, [1, 0]);
  return scope.add("Add", [padded, scope.constant("added", [1, ...shape], added)], shape);
}

/** Exports GELU as x (1 + erf(x / sqrt 2)) / 2, a form that runtimes recognize. The `Gelu` operator needs opset 20. */
export function exportGelu(scope: Scope, input: Value): Value {
  const { shape } = input;
  const scaled = scope.add("Div", [input, scope.number(Math.SQRT2)], shape);
  const error = scope.add("Erf", [scaled], shape);
  const raised = scope.add("Add", [error, scope.number(1)], shape);
  const product = scope.add("Mul", [input, raised], shape);
  return scope.add("Mul", [product, scope.number(0.5)], shape);
}

/** Exports the mean over all tokens except the first: `[n, tokens, w] -> [n, w]`. */
export function exportTokenPool(scope: Scope, input: Value): Value {
  const width = input.shape[1]!;
  const patches = dropFirst(scope, input, [1]);
  return scope.add("ReduceMean", [patches], [width], { axes: { ints: [1] }, keepdims: { int: 0 } });
}
