import { requireArray, requireInstance } from "@supernet/base";
import { ops, Tensor, tensor } from "@supernet/torch";
import { type Boxes, boxCount, takeBoxes } from "./boxes.js";

/**
 * Weights of box regression targets (R-CNN, https://arxiv.org/abs/1311.2524). The deltas from a reference box with
 * center (x, y) and size (w, h) to a target box with center (x', y') and size (w', h') are
 *
 *     dx = wx (x' - x) / w    dy = wy (y' - y) / h    dw = ww log(w' / w)    dh = wh log(h' / h)
 *
 * Projects that specify standard deviations use the inverse of these weights.
 */
export type BoxWeights = readonly [wx: number, wy: number, ww: number, wh: number];

/** Weights of boxes that are predicted from anchors. */
export const ANCHOR_WEIGHTS: BoxWeights = [1, 1, 1, 1];
/** Weights of boxes that are predicted from proposals. */
export const PROPOSAL_WEIGHTS: BoxWeights = [10, 10, 5, 5];

/** Maximum logarithm of a box's growth in one decoding. It keeps every prediction finite. */
export const MAX_LOG_SCALE = Math.log(1000 / 16);

/** Computes the deltas from each of `references` to the target at the same index: [n, 4], flat. */
export function encodeBoxes(targets: Boxes, references: Boxes, weights: BoxWeights): Float32Array {
  requireInstance("encodeBoxes: targets", targets, Float32Array);
  requireInstance("encodeBoxes: references", references, Float32Array);
  requireArray("encodeBoxes: weights", weights);
  const deltas = new Float32Array(references.length);
  for (let i = 0; i < boxCount(references); i++) {
    for (let axis = 0; axis < 2; axis++) {
      const low = i * 4 + axis;
      const high = low + 2;
      const extent = references[high]! - references[low]!;
      const targetExtent = targets[high]! - targets[low]!;
      const shift = targets[low]! + targets[high]! - references[low]! - references[high]!;
      deltas[low] = (weights[axis]! * 0.5 * shift) / extent;
      deltas[high] = weights[axis + 2]! * Math.log(targetExtent / extent);
    }
  }
  return deltas;
}

/**
 * Computes the distances from the center of each of `references` to the left, top, right and bottom side of the target
 * at the same index: [n, 4], flat. They are multiples of the reference's size, and negative if the center is outside.
 * See FCOS (https://arxiv.org/abs/1904.01355).
 */
export function encodeDistances(targets: Boxes, references: Boxes): Float32Array {
  requireInstance("encodeDistances: targets", targets, Float32Array);
  requireInstance("encodeDistances: references", references, Float32Array);
  const distances = new Float32Array(references.length);
  for (let i = 0; i < boxCount(references); i++) {
    for (let axis = 0; axis < 2; axis++) {
      const low = i * 4 + axis;
      const high = low + 2;
      const extent = references[high]! - references[low]!;
      const center = (references[low]! + references[high]!) / 2;
      distances[low] = (center - targets[low]!) / extent;
      distances[high] = (targets[high]! - center) / extent;
    }
  }
  return distances;
}

/**
 * Returns the boxes whose sides have `distances`, [..., 4], from the centers of `references`, which must broadcast. See
 * {@link encodeDistances}.
 */
export function decodeDistances(distances: Tensor, references: Tensor): Tensor {
  requireInstance("decodeDistances: distances", distances, Tensor);
  requireInstance("decodeDistances: references", references, Tensor);
  const low = references.slice(-1, 0, 2);
  const high = references.slice(-1, 2, 4);
  const extent = high.sub(low);
  const center = low.add(high).mul(0.5);
  return ops.cat(
    [center.sub(distances.slice(-1, 0, 2).mul(extent)), center.add(distances.slice(-1, 2, 4).mul(extent))],
    -1,
  );
}

/** Matches of reference boxes with true boxes. */
export interface Matches {
  /** Indices of the chosen reference boxes. */
  readonly chosen: ArrayLike<number>;
  /** Index of the true box of every reference box. See {@link matchBoxes}. */
  readonly matched: Int32Array;
  readonly trueBoxes: Boxes;
  readonly references: Boxes;
}

/** Computes the deltas from each chosen reference box to its matching true box: [n, 4], flat. */
export function encodeMatches(matches: Matches, weights: BoxWeights): Float32Array {
  requireInstance("encodeMatches: matches.matched", matches?.matched, Int32Array);
  requireInstance("encodeMatches: matches.trueBoxes", matches.trueBoxes, Float32Array);
  requireInstance("encodeMatches: matches.references", matches.references, Float32Array);
  requireArray("encodeMatches: weights", weights);
  const { chosen, matched, trueBoxes, references } = matches;
  const indices = Array.from(chosen, (i) => matched[i]!);
  return encodeBoxes(takeBoxes(trueBoxes, indices), takeBoxes(references, chosen), weights);
}

/** Applies `deltas`, [..., 4], to `references`, which must broadcast. Returns boxes, [..., 4]. */
export function decodeBoxes(deltas: Tensor, references: Tensor, weights: BoxWeights): Tensor {
  requireInstance("decodeBoxes: deltas", deltas, Tensor);
  requireInstance("decodeBoxes: references", references, Tensor);
  requireArray("decodeBoxes: weights", weights);
  const scaled = deltas.div(tensor([...weights], { device: deltas.device }));
  const extent = references.slice(-1, 2, 4).sub(references.slice(-1, 0, 2));
  const center = references.slice(-1, 0, 2).add(extent, { alpha: 0.5 });
  const newCenter = scaled.slice(-1, 0, 2).mul(extent).add(center);
  const half = scaled.slice(-1, 2, 4).clampMax(MAX_LOG_SCALE).exp().mul(extent).mul(0.5);
  return ops.cat([newCenter.sub(half), newCenter.add(half)], -1);
}
