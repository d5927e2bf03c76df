import { fraction, parseOptions, requireInstance } from "@supernet/base";
import type { z } from "zod";
import { type MatchSettings, matchSchema } from "../common.settings.js";
import { type Boxes, boxAreas, boxCount, forEachOverlap, type GroundTruth, iouOf } from "./boxes.js";

/** Match of a box that is background. */
export const NEGATIVE = -1;
/** Match of a box that the losses ignore. */
export const IGNORED = -2;

/** A background box is ignored if at least this fraction of it is inside a crowd. */
const CROWD_SHARE = 0.5;

const optionsSchema = matchSchema.extend({
  /**
   * The boxes with the highest IoU with a ground truth, including ties, are positive even below `positiveIou`
   * (https://arxiv.org/abs/1506.01497, section 3.1.2), if that IoU is at least this and above 0. Each is matched with
   * the ground truth that it overlaps most. 0 is torchvision's `allow_low_quality_matches`, other values are
   * mmdetection's `min_pos_iou`. Null for none.
   */
  lowQualityIou: fraction.nullable(),
});

/** Options of {@link matchBoxes}. */
export type MatchOptions = Readonly<z.infer<typeof optionsSchema>>;

/**
 * Matches each box with the ground truth that it overlaps most, or the first of several. Crowds and empty ground-truth
 * boxes have no matches. Negatives that are mostly inside a crowd are ignored.
 *
 * @example
 * const options = { positiveIou: 0.5, negativeIou: 0.4, lowQualityIou: 0 };
 * const { positive, negative } = splitMatches(matchBoxes(anchors.boxes, groundTruth, options));
 * @returns for each box, the index of its ground truth, {@link NEGATIVE} or {@link IGNORED}
 */
export function matchBoxes(boxes: Boxes, groundTruth: GroundTruth, options: MatchOptions): Int32Array {
  requireInstance("matchBoxes: boxes", boxes, Float32Array);
  requireInstance("matchBoxes: groundTruth.boxes", groundTruth?.boxes, Float32Array);
  requireInstance("matchBoxes: groundTruth.crowd", groundTruth.crowd, Uint8Array);
  parseOptions("matchBoxes", optionsSchema, options);
  const count = boxCount(boxes);
  const areas = boxAreas(boxes);
  const truthAreas = boxAreas(groundTruth.boxes);
  const bestIou = new Float32Array(count);
  const bestTruth = new Int32Array(count).fill(NEGATIVE);
  const lowQuality: number[] = [];
  // IoUs have single precision, so the thresholds must have it too.
  const lowestIou =
    options.lowQualityIou === null ? Number.POSITIVE_INFINITY : Math.fround(options.lowQualityIou);
  for (const [g, truthArea] of truthAreas.entries()) {
    if (groundTruth.crowd[g] === 1) continue;
    let highest = 0;
    let ties: number[] = [];
    forEachOverlap(groundTruth.boxes, g, boxes, (i, shared) => {
      const iou = iouOf(shared, truthArea, areas[i]!);
      if (iou > bestIou[i]!) {
        bestIou[i] = iou;
        bestTruth[i] = g;
      }
      if (iou > highest) {
        highest = iou;
        ties = [i];
      } else if (iou === highest) {
        ties.push(i);
      }
    });
    if (highest >= lowestIou) for (const i of ties) lowQuality.push(i);
  }
  const matched = applyThresholds(bestIou, bestTruth, options);
  for (const i of lowQuality) matched[i] = bestTruth[i]!;
  ignoreCrowds(matched, boxes, areas, groundTruth);
  return matched;
}

/** Returns the indices of the positive boxes and of the negative boxes. */
export function splitMatches(matched: Int32Array): { positive: number[]; negative: number[] } {
  requireInstance("splitMatches: matched", matched, Int32Array);
  const positive: number[] = [];
  const negative: number[] = [];
  for (const [i, match] of matched.entries()) {
    if (match >= 0) positive.push(i);
    else if (match === NEGATIVE) negative.push(i);
  }
  return { positive, negative };
}

function applyThresholds(bestIou: Float32Array, bestTruth: Int32Array, settings: MatchSettings): Int32Array {
  const positive = Math.fround(settings.positiveIou);
  const negative = Math.fround(settings.negativeIou);
  return bestTruth.map((truth, i) => {
    const iou = bestIou[i]!;
    return iou >= positive ? truth : iou < negative ? NEGATIVE : IGNORED;
  });
}

function ignoreCrowds(
  matched: Int32Array,
  boxes: Boxes,
  areas: Float32Array,
  groundTruth: GroundTruth,
): void {
  for (const [g, crowd] of groundTruth.crowd.entries()) {
    if (crowd === 0) continue;
    forEachOverlap(groundTruth.boxes, g, boxes, (i, shared) => {
      if (matched[i] === NEGATIVE && shared >= CROWD_SHARE * areas[i]!) matched[i] = IGNORED;
    });
  }
}
