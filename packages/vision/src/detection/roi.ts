import { Random } from "@supernet/base";
import type { Tensor } from "@supernet/torch";
import { encodeMatches, PROPOSAL_WEIGHTS } from "./box-coder.js";
import type { BoxPredictions } from "./box-head.js";
import { type Boxes, type GroundTruth, indexTensor, joinBoxes, takeBoxes } from "./boxes.js";
import type { BoxHeadSettings } from "./faster-rcnn.settings.js";
import { boxLoss } from "./losses.js";
import { matchBoxes } from "./matcher.js";
import { orderByLevel, type Regions } from "./regions.js";
import { sampleBalanced } from "./sampler.js";

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
  settings: BoxHeadSettings,
  key: readonly (number | string)[],
): RoiTargets {
  const sampled = truth.map((known, image) => {
    const real = [...known.labels.keys()].filter((i) => known.crowd[i] === 0);
    const boxes = joinBoxes([proposals[image]!, takeBoxes(known.boxes, real)]);
    const matched = matchBoxes(boxes, known, { ...settings, lowQuality: false });
    const { positive, negative } = sampleBalanced(matched, settings, Random.of(...key, "roi", image));
    const labels = new Int32Array(positive.length + negative.length).fill(options.classes);
    for (const [i, place] of positive.entries()) labels[i] = known.labels[matched[place]!]!;
    const deltas = new Float32Array(labels.length * 4);
    deltas.set(encodeMatches(positive, matched, known.boxes, boxes, PROPOSAL_WEIGHTS));
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
  settings: BoxHeadSettings,
): { classification: Tensor; box: Tensor } {
  const { logits, deltas } = predictions;
  const classes = deltas.shape[1]!;
  const count = targets.labels.length;
  const positives = [...targets.labels.keys()].filter((i) => targets.labels[i]! < classes);
  const ofOwnClass = positives.map((i) => i * classes + targets.labels[i]!);
  const classification = logits.crossEntropyLoss(indexTensor(targets.labels, logits.device));
  const ownTargets = takeBoxes(targets.deltas, positives);
  const box = boxLoss(deltas, ofOwnClass, ownTargets, settings.smoothL1Beta).div(count);
  return { classification, box };
}
