import { requireArray, requireInstance, requireInteger, requireNumber, requireOptions } from "@supernet/base";
import { arange, noGrad, ops, Tensor } from "@supernet/torch";
import {
  type Boxes,
  boxesAtLeast,
  clipBoxes,
  type Detections,
  type ImageSize,
  limitTensor,
  takeBoxes,
} from "../boxes/boxes.js";
import type { SelectionSettings } from "../common.settings.js";

/** Minimum side of a detected box, in pixels. */
export const MIN_SIDE = 1e-2;

/** Boxes to select from. Images and labels must broadcast to the shape of the scores. */
export interface Candidates {
  /** [...] */
  readonly scores: Tensor;
  /** [..., 4] */
  readonly boxes: Tensor;
  /** Index of the image that each box is in, int64. */
  readonly images: Tensor;
  /** Label of each box, int64. Boxes with different labels do not suppress each other. */
  readonly labels: Tensor;
}

/**
 * Selects a detector's detections. Drops boxes below the score threshold, clips the others to their image, suppresses
 * overlapping boxes of the same label and image, and keeps the best ones.
 * @param sizes size of each image without its padding
 */
export function selectDetections(
  candidates: Candidates,
  sizes: readonly ImageSize[],
  settings: SelectionSettings,
): Detections[] {
  for (const key of ["scores", "boxes", "images", "labels"] as const)
    requireInstance(`selectDetections: candidates.${key}`, candidates?.[key], Tensor);
  requireArray("selectDetections: sizes", sizes);
  requireOptions<SelectionSettings>("selectDetections", settings, [
    "scoreThreshold",
    "nms",
    "detectionsPerImage",
  ]);
  requireNumber("selectDetections: scoreThreshold", settings.scoreThreshold);
  requireNumber("selectDetections: nms", settings.nms, { min: 0, max: 1 });
  requireInteger("selectDetections: detectionsPerImage", settings.detectionsPerImage, { min: 1 });
  return noGrad(() => {
    const { shape, device } = candidates.scores;
    const flatten = (tensor: Tensor) => tensor.expand(shape).reshape([-1]);
    const scores = flatten(candidates.scores);
    const images = flatten(candidates.images);
    const groups = flatten(candidates.labels).mul(sizes.length).add(images);

    const good = scores.gt(settings.scoreThreshold).nonzero().squeeze(1);
    const limits = limitTensor(sizes, device).indexSelect(0, images.indexSelect(0, good));
    const clipped = clipBoxes(candidates.boxes.reshape([-1, 4]).indexSelect(0, good), limits);
    const large = boxesAtLeast(clipped, MIN_SIDE).nonzero().squeeze(1);
    const indices = good.indexSelect(0, large);
    const remaining = {
      boxes: clipped.indexSelect(0, large),
      scores: scores.indexSelect(0, indices),
      groups: groups.indexSelect(0, indices),
    };
    const kept = ops.batchedNms(remaining.boxes, remaining.scores, remaining.groups, settings.nms);
    const best = {
      boxes: remaining.boxes.indexSelect(0, kept).toTypedArray() as Boxes,
      scores: remaining.scores.indexSelect(0, kept).toTypedArray() as Float32Array,
      groups: remaining.groups.indexSelect(0, kept).to({ dtype: "int32" }).toTypedArray() as Int32Array,
    };
    return groupByImage(best, sizes.length, settings.detectionsPerImage);
  });
}

/** Selects the detections among the best pairs of location and class: see `bestOfLevels`. */
export function selectPairs(
  { scores, boxes, classes }: { readonly scores: Tensor; readonly boxes: Tensor; readonly classes: Tensor },
  sizes: readonly ImageSize[],
  { scoreThreshold, nms, detectionsPerImage }: SelectionSettings,
): Detections[] {
  const images = arange(0, sizes.length, 1, { device: scores.device }).unsqueeze(1);
  const candidates = { scores, boxes, images, labels: classes };
  return selectDetections(candidates, sizes, { scoreThreshold, nms, detectionsPerImage });
}

/** Boxes of all images, best first. A group is label * images + image. */
interface GroupedBoxes {
  readonly boxes: Boxes;
  readonly scores: Float32Array;
  readonly groups: Int32Array;
}

/** Groups boxes by image, and keeps the best `max` of each. */
function groupByImage({ boxes, scores, groups }: GroupedBoxes, images: number, max: number): Detections[] {
  const byImage = Array.from({ length: images }, (): number[] => []);
  for (const [i, group] of groups.entries()) {
    const indices = byImage[group % images]!;
    if (indices.length < max) indices.push(i);
  }
  return byImage.map((indices) => ({
    boxes: takeBoxes(boxes, indices),
    scores: Float32Array.from(indices, (i) => scores[i]!),
    labels: Int32Array.from(indices, (i) => Math.floor(groups[i]! / images)),
  }));
}
