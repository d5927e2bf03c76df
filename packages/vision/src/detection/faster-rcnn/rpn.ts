import { Random } from "@supernet/base";
import { conv2d } from "@supernet/nas";
import { arange, fromTypedArray, nn, noGrad, type Tensor } from "@supernet/torch";
import type { Anchors } from "../boxes/anchors.js";
import { ANCHOR_WEIGHTS, encodeMatches } from "../boxes/box-coder.js";
import { type Boxes, type GroundTruth, type ImageSize, indexTensor, joinBoxes } from "../boxes/boxes.js";
import { matchBoxes } from "../boxes/matcher.js";
import { sampleBalanced } from "../boxes/sampler.js";
import type { ByMode } from "../common.settings.js";
import { convOf } from "../parts/conv-norm.js";
import { bestOfLevels, type DensePredictions, flattenPredictions } from "../parts/dense-head.js";
import type { DetectorLayers, ModuleBuilder } from "../parts/detector-layers.js";
import { boxLoss, SUM } from "../parts/losses.js";
import { selectDetections } from "../parts/select-detections.js";
import type { RpnSettings } from "./faster-rcnn.settings.js";

/** Head of the region proposal network (https://arxiv.org/abs/1506.01497), shared by all levels. */
export class RpnHead extends nn.Module {
  readonly rpn_conv: nn.Layer;
  readonly rpn_cls: nn.Layer;
  readonly rpn_reg: nn.Layer;

  /** @param build returns the modules of {@link rpnLayers} */
  constructor(build: ModuleBuilder) {
    super();
    this.rpn_conv = build("rpn_conv");
    this.rpn_cls = build("rpn_cls");
    this.rpn_reg = build("rpn_reg");
    for (const module of [this.rpn_conv, this.rpn_cls, this.rpn_reg]) {
      const conv = convOf(module);
      nn.init.normal(conv.weight, 0, 0.01);
      nn.init.constant(conv.bias!, 0);
    }
  }

  /** Predicts for every anchor whether it contains an object of any class, and the deltas of its box. */
  forward(levels: readonly Tensor[]): DensePredictions {
    const hidden = levels.map((level) => this.rpn_conv.forward(level).relu_());
    const logits = hidden.map((x) => this.rpn_cls.forward(x));
    const deltas = hidden.map((x) => this.rpn_reg.forward(x));
    return { logits: flattenPredictions(logits, 1), deltas: flattenPredictions(deltas, 4) };
  }
}

/** Describes the layers of an {@link RpnHead}. */
export const rpnLayers = (channels: number, anchorsPerPosition: number): DetectorLayers => ({
  rpn_conv: { layer: conv2d(channels, 3, { bias: true }), input: channels },
  rpn_cls: { layer: conv2d(anchorsPerPosition, 1, { bias: true }), input: channels },
  rpn_reg: { layer: conv2d(anchorsPerPosition * 4, 1, { bias: true }), input: channels },
});

export interface ProposalOptions {
  readonly anchors: Anchors;
  /** Size of each image without its padding. */
  readonly sizes: readonly ImageSize[];
  readonly settings: RpnSettings;
  readonly mode: keyof ByMode;
}

/**
 * Selects proposals from the predictions. Decodes the best boxes of each level, clips them to the image, and suppresses
 * overlapping boxes within their level. Does not record gradients.
 * @returns the proposals of each image, best first
 */
export function selectProposals(
  predictions: DensePredictions,
  { anchors, sizes, settings, mode }: ProposalOptions,
): Boxes[] {
  const { preNms, postNms, nms } = settings;
  return noGrad(() => {
    const { logits, boxes, levels } = bestOfLevels(predictions, anchors, preNms[mode]);
    const { device } = logits;
    const images = arange(0, sizes.length, 1, { device }).unsqueeze(1);
    const proposals = selectDetections(
      { scores: logits, boxes, images, labels: indexTensor(levels, device) },
      sizes,
      { scoreThreshold: Number.NEGATIVE_INFINITY, nms, detectionsPerImage: postNms[mode] },
    );
    return proposals.map(({ boxes }) => boxes);
  });
}

export interface RpnLossOptions {
  readonly anchors: Anchors;
  readonly groundTruth: readonly GroundTruth[];
  readonly settings: RpnSettings;
  /** Key that seeds all sampling. The same key samples the same anchors. */
  readonly rngKey: readonly (number | string)[];
}

/**
 * Computes the losses of the region proposal network: binary cross-entropy over the sampled anchors, and smooth L1 over
 * the positive ones. Both are divided by the number of sampled anchors in the batch.
 */
export function rpnLosses(
  predictions: DensePredictions,
  { anchors, groundTruth, settings, rngKey }: RpnLossOptions,
): { classification: Tensor; box: Tensor } {
  const { positiveIou, negativeIou, lowQualityIou, samplesPerImage, positiveFraction } = settings;
  const { logits, deltas } = predictions;
  const device = logits.device;
  const perImage = logits.shape[1]!;
  const positives: number[] = [];
  const negatives: number[] = [];
  const targets: Float32Array[] = [];
  for (const [image, truth] of groundTruth.entries()) {
    const matched = matchBoxes(anchors.boxes, truth, { positiveIou, negativeIou, lowQualityIou });
    const random = Random.of(...rngKey, "rpn", image);
    const sample = sampleBalanced(matched, { samplesPerImage, positiveFraction }, random);
    for (const i of sample.positive) positives.push(image * perImage + i);
    for (const i of sample.negative) negatives.push(image * perImage + i);
    const matches = { chosen: sample.positive, matched, trueBoxes: truth.boxes, references: anchors.boxes };
    targets.push(encodeMatches(matches, ANCHOR_WEIGHTS));
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
  const box = boxLoss(deltas, {
    indices: positives,
    targets: joinBoxes(targets),
    beta: settings.smoothL1Beta,
  }).div(sampled);
  return { classification, box };
}
