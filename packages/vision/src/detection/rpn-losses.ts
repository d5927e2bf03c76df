import { Random } from "@supernet/base";
import { fromTypedArray, type Tensor } from "@supernet/torch";
import type { Anchors } from "./anchors.js";
import { ANCHOR_WEIGHTS, encodeMatches } from "./box-coder.js";
import { type GroundTruth, indexTensor, joinBoxes } from "./boxes.js";
import type { DensePredictions } from "./dense-head.js";
import type { RpnSettings } from "./faster-rcnn.settings.js";
import { boxLoss, SUM } from "./losses.js";
import { matchBoxes } from "./matcher.js";
import { sampleBalanced } from "./sampler.js";

/**
 * Losses of the region proposal network: binary cross-entropy over the sampled anchors and (smooth) L1 over
 * the positive ones, both divided by the number of sampled anchors of the batch.
 * @param key chance is drawn from this alone: the same key samples the same anchors
 */
export function rpnLosses(
  predictions: DensePredictions,
  anchors: Anchors,
  truth: readonly GroundTruth[],
  settings: RpnSettings,
  key: readonly (number | string)[],
): { classification: Tensor; box: Tensor } {
  const { logits, deltas } = predictions;
  const device = logits.device;
  const perImage = logits.shape[1]!;
  const positives: number[] = [];
  const negatives: number[] = [];
  const targets: Float32Array[] = [];
  for (const [image, known] of truth.entries()) {
    const matched = matchBoxes(anchors.boxes, known, { ...settings, lowQuality: true });
    const sample = sampleBalanced(matched, settings, Random.of(...key, "rpn", image));
    for (const i of sample.positive) positives.push(image * perImage + i);
    for (const i of sample.negative) negatives.push(image * perImage + i);
    targets.push(encodeMatches(sample.positive, matched, known.boxes, anchors.boxes, ANCHOR_WEIGHTS));
  }
  const sampled = Math.max(1, positives.length + negatives.length);
  const labels = new Float32Array(positives.length + negatives.length).fill(1, 0, positives.length);
  const chosen = indexTensor(Int32Array.from([...positives, ...negatives]), device);
  const classification = logits
    .reshape([-1])
    .indexSelect(0, chosen)
    .binaryCrossEntropyWithLogits(
      fromTypedArray(labels, [labels.length], { device }),
      undefined,
      undefined,
      SUM,
    )
    .div(sampled);
  const box = boxLoss(deltas, positives, joinBoxes(targets), settings.smoothL1Beta).div(sampled);
  return { classification, box };
}
