import { noGrad, ops, type Tensor } from "@supernet/torch";
import {
  type Boxes,
  boxesAtLeast,
  clipBoxes,
  type Detections,
  type ImageSize,
  indexTensor,
  limitTensor,
  takeBoxes,
} from "./boxes.js";

/** Detections smaller than this on a side, in pixels, are dropped. */
const SMALLEST_SIDE = 1e-2;

export interface DetectionSettings {
  /** Detections must score more than this. */
  readonly scoreThreshold: number;
  /** IoU above which the better of two detections of a class suppresses the other. */
  readonly nmsIou: number;
  readonly detectionsPerImage: number;
}

/**
 * The last step of any detector: score threshold, clipping, non-maximum suppression within each class of each
 * image, the best of what is left.
 * @param scores regions x classes, 0 .. 1
 * @param boxes regions x classes x 4, or regions x 1 x 4 where the classes share a box
 * @param images for each region its image
 */
export function selectDetections(
  scores: Tensor,
  boxes: Tensor,
  images: Int32Array,
  sizes: readonly ImageSize[],
  settings: DetectionSettings,
): Detections[] {
  return noGrad(() => {
    const device = scores.device;
    const [regions, classes] = scores.shape as [number, number];
    const imageOf = indexTensor(images, device);
    const good = scores.gt(settings.scoreThreshold).nonzero();
    const region = good.select(1, 0);
    const label = good.select(1, 1);
    const ownBoxes = boxes
      .expand([regions, classes, 4])
      .reshape([-1, 4])
      .indexSelect(0, region.mul(classes).add(label));
    const image = imageOf.indexSelect(0, region);
    const clipped = clipBoxes(ownBoxes, limitTensor(sizes, device).indexSelect(0, image));
    const large = boxesAtLeast(clipped, SMALLEST_SIDE).nonzero().squeeze(1);
    const groups = image.mul(classes).add(label).indexSelect(0, large);
    const candidates = clipped.indexSelect(0, large);
    const ownScores = scores
      .reshape([-1])
      .indexSelect(0, region.mul(classes).add(label))
      .indexSelect(0, large);
    const kept = ops.batchedNms(candidates, ownScores, groups, settings.nmsIou);
    return dealOut(
      candidates.indexSelect(0, kept).toTypedArray() as Boxes,
      ownScores.indexSelect(0, kept).toTypedArray() as Float32Array,
      groups.indexSelect(0, kept).to({ dtype: "int32" }).toTypedArray() as Int32Array,
      { classes, images: sizes.length, most: settings.detectionsPerImage },
    );
  });
}

/** Gives each image its detections, best first; `groups` are image * classes + label. */
function dealOut(
  boxes: Boxes,
  scores: Float32Array,
  groups: Int32Array,
  { classes, images, most }: { classes: number; images: number; most: number },
): Detections[] {
  const places = Array.from({ length: images }, (): number[] => []);
  for (const [i, group] of groups.entries()) {
    const own = places[Math.floor(group / classes)]!;
    if (own.length < most) own.push(i);
  }
  return places.map((own) => ({
    boxes: takeBoxes(boxes, own),
    scores: Float32Array.from(own, (i) => scores[i]!),
    labels: Int32Array.from(own, (i) => groups[i]! % classes),
  }));
}
