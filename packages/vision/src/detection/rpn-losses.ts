import { fromTypedArray, type Tensor } from "@supernet/torch";
import { Random } from "@supernet/torch/random";
import type { Anchors } from "./anchors.js";
import { encodeBoxes } from "./box-coder.js";
import { boxTensor, type GroundTruth, indexTensor, joinBoxes, takeBoxes } from "./boxes.js";
import { matchBoxes } from "./matcher.js";
import type { RpnPredictions, RpnSettings } from "./rpn.js";
import { sampleBalanced } from "./sampler.js";

/** ATen's number for a loss that is summed. */
const SUM = 2;

/**
 * Losses of the region proposal network: binary cross-entropy over the sampled anchors and (smooth) L1 over
 * the positive ones, both divided by the number of sampled anchors of the batch.
 * @param key chance is drawn from this alone: the same key samples the same anchors
 */
export function rpnLosses(
  predictions: RpnPredictions,
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
    const matched = matchBoxes(anchors.boxes, known, settings);
    const sample = sampleBalanced(matched, settings, Random.of(...key, "rpn", image));
    for (const i of sample.positive) positives.push(image * perImage + i);
    for (const i of sample.negative) negatives.push(image * perImage + i);
    targets.push(
      encodeBoxes(
        takeBoxes(
          known.boxes,
          sample.positive.map((i) => matched[i]!),
        ),
        takeBoxes(anchors.boxes, sample.positive),
        settings.boxWeights,
      ),
    );
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
  const box = deltas
    .reshape([-1, 4])
    .indexSelect(0, indexTensor(Int32Array.from(positives), device))
    .smoothL1Loss(boxTensor(joinBoxes(targets), device), SUM, settings.smoothL1Beta)
    .div(sampled);
  return { classification, box };
}
