import type { Tensor } from "@supernet/torch";
import { Random } from "@supernet/torch/random";
import { type BoxWeights, encodeBoxes } from "./box-coder.js";
import type { BoxPredictions } from "./box-head.js";
import { type Boxes, boxTensor, type GroundTruth, indexTensor, joinBoxes, takeBoxes } from "./boxes.js";
import type { DetectionSettings } from "./detections.js";
import { matchBoxes } from "./matcher.js";
import { orderByLevel, type PoolSettings, type Regions } from "./regions.js";
import { type SampleSettings, sampleBalanced } from "./sampler.js";

/** ATen's number for a loss that is summed. */
const SUM = 2;

export interface RoiSettings extends PoolSettings, SampleSettings, DetectionSettings {
  /** A proposal is positive from this IoU with a ground truth on, else background. */
  readonly positiveIou: number;
  readonly boxWeights: BoxWeights;
  readonly convs: number;
  readonly convChannels: number;
  readonly fcChannels: number;
  /** Where the box loss turns from quadratic to linear, in deltas; 0 for the plain L1 loss. */
  readonly smoothL1Beta: number;
}

/** Regions to learn from, and what is to be learned. */
export interface RoiTargets {
  readonly regions: Regions;
  /** The class of each region; the number of classes for background. */
  readonly labels: Int32Array;
  /** Box targets of each region, 4 numbers; 0 for background. */
  readonly deltas: Float32Array;
}

/**
 * Draws the regions to learn from: the proposals of each image with its ground truth added, matched, sampled.
 * @param key chance is drawn from this alone: the same key samples the same regions
 */
export function sampleRegions(
  proposals: readonly Boxes[],
  truth: readonly GroundTruth[],
  options: { readonly classes: number; readonly levels: number },
  settings: RoiSettings,
  key: readonly (number | string)[],
): RoiTargets {
  const thresholds = {
    positiveIou: settings.positiveIou,
    negativeIou: settings.positiveIou,
    lowQuality: false,
  };
  const sampled = truth.map((known, image) => {
    const real = [...known.labels.keys()].filter((i) => known.crowd[i] === 0);
    const boxes = joinBoxes([proposals[image]!, takeBoxes(known.boxes, real)]);
    const matched = matchBoxes(boxes, known, thresholds);
    const { positive, negative } = sampleBalanced(matched, settings, Random.of(...key, "roi", image));
    const matches = positive.map((i) => matched[i]!);
    const labels = new Int32Array(positive.length + negative.length).fill(options.classes);
    for (const [i, match] of matches.entries()) labels[i] = known.labels[match]!;
    const deltas = new Float32Array(labels.length * 4);
    deltas.set(encodeBoxes(takeBoxes(known.boxes, matches), takeBoxes(boxes, positive), settings.boxWeights));
    return { boxes: joinBoxes([takeBoxes(boxes, positive), takeBoxes(boxes, negative)]), labels, deltas };
  });
  const { regions, places } = orderByLevel(
    sampled.map((own) => own.boxes),
    options.levels,
    settings.finestScale,
  );
  const labels = sampled.flatMap((own) => [...own.labels]);
  return {
    regions,
    labels: places.map((place) => labels[place]!),
    deltas: takeBoxes(joinBoxes(sampled.map((own) => own.deltas)), places),
  };
}

/**
 * Losses of the box head: cross-entropy over the regions, and (smooth) L1 over the positive regions' boxes of
 * their own class, both divided by the number of regions of the batch.
 */
export function roiLosses(
  predictions: BoxPredictions,
  targets: RoiTargets,
  settings: RoiSettings,
): { classification: Tensor; box: Tensor } {
  const { logits, deltas } = predictions;
  const device = logits.device;
  const classes = deltas.shape[1]!;
  const count = targets.labels.length;
  const positives = [...targets.labels.keys()].filter((i) => targets.labels[i]! < classes);
  const ofOwnClass = Int32Array.from(positives, (i) => i * classes + targets.labels[i]!);
  const classification = logits.crossEntropyLoss(indexTensor(targets.labels, device));
  const box = deltas
    .reshape([-1, 4])
    .indexSelect(0, indexTensor(ofOwnClass, device))
    .smoothL1Loss(boxTensor(takeBoxes(targets.deltas, positives), device), SUM, settings.smoothL1Beta)
    .div(count);
  return { classification, box };
}
