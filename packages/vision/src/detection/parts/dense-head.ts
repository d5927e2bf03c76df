import { ops, type Tensor } from "@supernet/torch";
import type { Anchors } from "../boxes/anchors.js";
import { ANCHOR_WEIGHTS, decodeBoxes } from "../boxes/box-coder.js";
import { boxTensor, type ImageSize } from "../boxes/boxes.js";

/** What a head that runs on every level predicts for every anchor. */
export interface DensePredictions {
  /** N x anchors x classes; one class where it is only asked whether there is an object. */
  readonly logits: Tensor;
  /** N x anchors x 4: box deltas, see box-coder. */
  readonly deltas: Tensor;
}

/**
 * Puts the predictions of a head that runs on every level into the order of the anchors.
 * @param maps one N x (perPlace * values) x H x W map a level
 * @param values numbers predicted for each anchor
 * @returns N x anchors x values
 */
export function flattenPredictions(maps: readonly Tensor[], values: number): Tensor {
  const flat = maps.map((map) => {
    const images = map.shape[0]!;
    return map.permute([0, 2, 3, 1]).reshape([images, -1, values]);
  });
  return ops.cat(flat, 1);
}

export function mapSizes(maps: readonly Tensor[]): ImageSize[] {
  return maps.map(({ shape }) => ({ height: shape[2]!, width: shape[3]! }));
}

/** The best pairs of an anchor and a class in each image, those of the finest level first. */
export interface BestPairs {
  /** N x pairs. */
  readonly logits: Tensor;
  /** N x pairs, int64. */
  readonly classes: Tensor;
  /** N x pairs x 4, decoded. */
  readonly boxes: Tensor;
  /** The level of each pair, alike in all images. */
  readonly levels: Int32Array;
}

/** The best-scored pairs of each level, at most `most` of them. */
export function bestOfLevels(predictions: DensePredictions, anchors: Anchors, most: number): BestPairs {
  const { logits, deltas } = predictions;
  const [images, , classes] = logits.shape as [number, number, number];
  const all = logits.reshape([images, -1]);
  const chosen: { scores: Tensor; places: Tensor }[] = [];
  const levels: number[] = [];
  let first = 0;
  for (const [level, count] of anchors.counts.entries()) {
    const pairs = count * classes;
    const kept = Math.min(pairs, most);
    const [scores, places] = all.slice(1, first, first + pairs).topk(kept, 1);
    chosen.push({ scores, places: places.add(first) });
    for (let i = 0; i < kept; i++) levels.push(level);
    first += pairs;
  }
  const concatenated = (parts: Tensor[]) => ops.cat(parts, 1);
  const places = concatenated(chosen.map((level) => level.places));
  const anchorOf = places.div(classes, { roundingMode: "floor" });
  const perPair = [images, levels.length, 4];
  const references = boxTensor(anchors.boxes, logits.device)
    .indexSelect(0, anchorOf.reshape([-1]))
    .reshape(perPair);
  const picked = deltas.gather(1, anchorOf.unsqueeze(-1).expand(perPair));
  return {
    logits: concatenated(chosen.map((level) => level.scores)),
    classes: places.sub(anchorOf.mul(classes)),
    boxes: decodeBoxes(picked, references, ANCHOR_WEIGHTS),
    levels: Int32Array.from(levels),
  };
}
