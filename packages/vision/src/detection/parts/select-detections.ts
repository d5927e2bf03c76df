import { noGrad, ops, type Tensor } from "@supernet/torch";
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

/** Boxes smaller than this on a side, in pixels, are dropped. */
const SMALLEST_SIDE = 1e-2;

/** Boxes of which some are to be kept. Images and labels are broadcast against the scores. */
export interface Candidates {
  /** [...] */
  readonly scores: Tensor;
  /** [..., 4] */
  readonly boxes: Tensor;
  /** The number of the image that a box lies in, int64. */
  readonly images: Tensor;
  /** int64; boxes of different labels do not suppress each other. */
  readonly labels: Tensor;
}

/**
 * The last step of any detector: score threshold, clipping to the image, non-maximum suppression within each label
 * of each image, the best of what is left.
 */
export function selectDetections(
  candidates: Candidates,
  sizes: readonly ImageSize[],
  settings: SelectionSettings,
): Detections[] {
  return noGrad(() => {
    const { shape, device } = candidates.scores;
    const flat = (tensor: Tensor) => tensor.expand(shape).reshape([-1]);
    const scores = flat(candidates.scores);
    const images = flat(candidates.images);
    const groups = flat(candidates.labels).mul(sizes.length).add(images);

    const good = scores.gt(settings.scoreThreshold).nonzero().squeeze(1);
    const limits = limitTensor(sizes, device).indexSelect(0, images.indexSelect(0, good));
    const clipped = clipBoxes(candidates.boxes.reshape([-1, 4]).indexSelect(0, good), limits);
    const large = boxesAtLeast(clipped, SMALLEST_SIDE).nonzero().squeeze(1);
    const places = good.indexSelect(0, large);
    const boxes = clipped.indexSelect(0, large);
    const ownScores = scores.indexSelect(0, places);
    const ownGroups = groups.indexSelect(0, places);
    const kept = ops.batchedNms(boxes, ownScores, ownGroups, settings.nms);
    return groupByImage(
      boxes.indexSelect(0, kept).toTypedArray() as Boxes,
      ownScores.indexSelect(0, kept).toTypedArray() as Float32Array,
      ownGroups.indexSelect(0, kept).to({ dtype: "int32" }).toTypedArray() as Int32Array,
      sizes.length,
      settings.detectionsPerImage,
    );
  });
}

/** Gives each image its detections, best first and at most `most`; `groups` are label * images + image. */
function groupByImage(
  boxes: Boxes,
  scores: Float32Array,
  groups: Int32Array,
  images: number,
  most: number,
): Detections[] {
  const places = Array.from({ length: images }, (): number[] => []);
  for (const [i, group] of groups.entries()) {
    const own = places[group % images]!;
    if (own.length < most) own.push(i);
  }
  return places.map((own) => ({
    boxes: takeBoxes(boxes, own),
    scores: Float32Array.from(own, (i) => scores[i]!),
    labels: Int32Array.from(own, (i) => Math.floor(groups[i]! / images)),
  }));
}
