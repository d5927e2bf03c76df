import type { Scope } from "@supernet/nas/onnx";
import { type BoxWeights, MAX_LOG_SCALE } from "../boxes/box-coder.js";
import { concat, splitPairs } from "./operators.js";

/**
 * Applies deltas, [..., 4], to reference boxes, which must broadcast, as `decodeBoxes` does.
 * @returns boxes, [..., 4]
 */
export function exportDecode(scope: Scope, deltas: string, references: string, weights: BoxWeights): string {
  const op = (type: string, a: string, b: string) => scope.node(type, [a, b]);
  const unweighted = weights.every((weight) => weight === 1);
  const divisors = unweighted ? "" : scope.constant("box_weights", [4], Float32Array.from(weights));
  const [shift, growth] = splitPairs(scope, unweighted ? deltas : op("Div", deltas, divisors));
  const [low, high] = splitPairs(scope, references);
  const extent = op("Sub", high, low);
  const center = op("Add", low, op("Mul", extent, scope.number(0.5)));
  const newCenter = op("Add", op("Mul", shift, extent), center);
  const scale = scope.node("Exp", [op("Min", growth, scope.number(MAX_LOG_SCALE))]);
  const half = op("Mul", op("Mul", scale, extent), scope.number(0.5));
  return concat(scope, [op("Sub", newCenter, half), op("Add", newCenter, half)], -1);
}

/** Clips boxes, [N, boxes, 4], to their images. See `DetectorGraph.limits`. */
export const exportClip = (scope: Scope, boxes: string, limits: string): string =>
  scope.node("Min", [scope.node("Max", [boxes, scope.number(0)]), limits]);

/** Returns a mask, bool [...], of the boxes, [..., 4], with sides of at least `side` pixels. */
export function exportAtLeast(scope: Scope, boxes: string, side: number): string {
  const [low, high] = splitPairs(scope, boxes);
  const extents = scope.node("Sub", [high, low]);
  const shortest = scope.node("ReduceMin", [extents], { axes: { ints: [-1] }, keepdims: { int: 0 } });
  return scope.node("GreaterOrEqual", [shortest, scope.number(side)]);
}
