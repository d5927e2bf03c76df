import { requireArray, requireFunction, requireInstance, requireInteger } from "@supernet/base";
import { ops, Tensor } from "@supernet/torch";
import type { Anchors } from "../boxes/anchors.js";
import { ANCHOR_WEIGHTS, decodeBoxes } from "../boxes/box-coder.js";
import { boxTensor, type ImageSize } from "../boxes/boxes.js";

/** Predictions of a head for every anchor of every level. */
export interface DensePredictions {
  /** [N, anchors, classes]. There is one class if the head predicts only whether there is an object. */
  readonly logits: Tensor;
  /** [N, anchors, 4], box deltas. See {@link BoxWeights}. */
  readonly deltas: Tensor;
}

/**
 * Flattens the maps of a head into the order of the anchors.
 * @param maps map of each level, [N, anchorsPerPosition * values, H, W]
 * @param values number of predicted values per anchor
 * @returns [N, anchors, values]
 */
export function flattenPredictions(maps: readonly Tensor[], values: number): Tensor {
  requireArray("flattenPredictions: maps", maps);
  requireInteger("flattenPredictions: values", values, { min: 1 });
  const flat = maps.map((map) => {
    const images = map.shape[0]!;
    return map.permute([0, 2, 3, 1]).reshape([images, -1, values]);
  });
  return ops.cat(flat, 1);
}

/** Returns the height and width of each map. */
export function mapSizes(maps: readonly Tensor[]): ImageSize[] {
  requireArray("mapSizes: maps", maps);
  return maps.map(({ shape }) => ({ height: shape[2]!, width: shape[3]! }));
}

/** Best pairs of anchor and class of each image, finest level first. */
export interface BestPairs {
  /** [N, pairs] */
  readonly logits: Tensor;
  /** [N, pairs], int64 */
  readonly classes: Tensor;
  /** [N, pairs, 4], decoded */
  readonly boxes: Tensor;
  /** Level of each pair, the same in all images. */
  readonly levels: Int32Array;
}

const decodeFromAnchors = (deltas: Tensor, anchors: Tensor): Tensor =>
  decodeBoxes(deltas, anchors, ANCHOR_WEIGHTS);

/**
 * Selects the `max` pairs of anchor and class with the highest scores on each level, and decodes their boxes.
 * @param predictions instead of logits, these may have any scores
 * @param decode returns the boxes of deltas and anchors, both [N, pairs, 4]. Default: {@link decodeBoxes}
 */
export function bestOfLevels(
  predictions: DensePredictions,
  anchors: Anchors,
  max: number,
  decode: (deltas: Tensor, anchors: Tensor) => Tensor = decodeFromAnchors,
): BestPairs {
  requireInstance("bestOfLevels: predictions.logits", predictions?.logits, Tensor);
  requireInstance("bestOfLevels: predictions.deltas", predictions.deltas, Tensor);
  requireArray("bestOfLevels: anchors.counts", anchors?.counts);
  requireInteger("bestOfLevels: max", max, { min: 1 });
  requireFunction("bestOfLevels: decode", decode);
  const { logits, deltas } = predictions;
  const [images, , classes] = logits.shape as [number, number, number];
  const all = logits.reshape([images, -1]);
  const chosen: { scores: Tensor; indices: Tensor }[] = [];
  const levels: number[] = [];
  let start = 0;
  for (const [level, count] of anchors.counts.entries()) {
    const pairs = count * classes;
    const kept = Math.min(pairs, max);
    const [scores, indices] = all.slice(1, start, start + pairs).topk(kept, 1);
    chosen.push({ scores, indices: indices.add(start) });
    for (let i = 0; i < kept; i++) levels.push(level);
    start += pairs;
  }
  const concatenate = (parts: Tensor[]) => ops.cat(parts, 1);
  const indices = concatenate(chosen.map((level) => level.indices));
  const anchorOf = indices.div(classes, { roundingMode: "floor" });
  const perPair = [images, levels.length, 4];
  const references = boxTensor(anchors.boxes, logits.device)
    .indexSelect(0, anchorOf.reshape([-1]))
    .reshape(perPair);
  const picked = deltas.gather(1, anchorOf.unsqueeze(-1).expand(perPair));
  return {
    logits: concatenate(chosen.map((level) => level.scores)),
    classes: indices.sub(anchorOf.mul(classes)),
    boxes: decode(picked, references),
    levels: Int32Array.from(levels),
  };
}
