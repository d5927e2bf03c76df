import { ops, type Tensor, tensor } from "@supernet/torch";
import { type Boxes, boxCount, takeBoxes } from "./boxes.js";

/**
 * Box regression targets (Girshick et al., R-CNN, 2014). Of a reference box with centre (x, y) and size (w, h)
 * and a target box with centre (x', y') and size (w', h'):
 *
 *     dx = wx (x' - x) / w    dy = wy (y' - y) / h    dw = ww log(w' / w)    dh = wh log(h' / h)
 *
 * The weights are the inverse of the standard deviations that other projects name.
 */
export type BoxWeights = readonly [wx: number, wy: number, ww: number, wh: number];

/** Those of boxes that are predicted from anchors. */
export const ANCHOR_WEIGHTS: BoxWeights = [1, 1, 1, 1];
/** Those of boxes that are predicted from proposals. */
export const PROPOSAL_WEIGHTS: BoxWeights = [10, 10, 5, 5];

/** A box grows at most 1000 / 16 times in one decoding, so that a wild prediction stays finite. */
const LARGEST_LOG_SCALE = Math.log(1000 / 16);

/** The deltas that take each of `references` to the target in the same place: n x 4, flat. */
export function encodeBoxes(targets: Boxes, references: Boxes, weights: BoxWeights): Float32Array {
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

/** The deltas that take each chosen reference box to the true box that it was matched with: n x 4, flat. */
export function encodeMatches(
  chosen: ArrayLike<number>,
  matched: Int32Array,
  trueBoxes: Boxes,
  references: Boxes,
  weights: BoxWeights,
): Float32Array {
  const matches = Array.from(chosen, (i) => matched[i]!);
  return encodeBoxes(takeBoxes(trueBoxes, matches), takeBoxes(references, chosen), weights);
}

/** The boxes that `deltas` ([..., 4]) make of `references` ([..., 4], broadcast against them): [..., 4]. */
export function decodeBoxes(deltas: Tensor, references: Tensor, weights: BoxWeights): Tensor {
  const scaled = deltas.div(tensor([...weights], { device: deltas.device }));
  const extent = references.slice(-1, 2, 4).sub(references.slice(-1, 0, 2));
  const centre = references.slice(-1, 0, 2).add(extent, { alpha: 0.5 });
  const newCentre = scaled.slice(-1, 0, 2).mul(extent).add(centre);
  const half = scaled.slice(-1, 2, 4).clampMax(LARGEST_LOG_SCALE).exp().mul(extent).mul(0.5);
  return ops.cat([newCentre.sub(half), newCentre.add(half)], -1);
}
