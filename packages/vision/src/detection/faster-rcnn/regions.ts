import {
  count,
  parseOptions,
  requireArray,
  requireInstance,
  requireInteger,
  requireNumber,
} from "@supernet/base";
import { fromTypedArray, ops, type Tensor } from "@supernet/torch";
import { z } from "zod";
import { type Boxes, boxAreas, boxCount } from "../boxes/boxes.js";
import { poolSchema } from "./faster-rcnn.settings.js";

/** Regions of interest of a batch, ordered by the pyramid level that each is pooled from. */
export interface Regions {
  readonly boxes: Boxes;
  /** Index of the image that each region is in. */
  readonly images: Int32Array;
  /** Number of regions of each level, finest level first. */
  readonly levelCounts: readonly number[];
}

/** Added to the logarithm of a region's scale, so a region exactly between two levels is on the higher one. */
export const LEVEL_MARGIN = 1e-6;

/**
 * Sorts the proposals of all images by pyramid level, which is floor(log2(sqrt(area) / finestScale)) clamped to
 * 0 .. levels - 1 (https://arxiv.org/abs/1612.03144, eq. 1). The sort is stable.
 * @returns the sorted regions, and the index of each region among the proposals of all images
 */
export function orderByLevel(
  proposals: readonly Boxes[],
  levels: number,
  finestScale: number,
): { regions: Regions; order: Int32Array } {
  requireArray("orderByLevel: proposals", proposals);
  requireInteger("orderByLevel: levels", levels, { min: 1 });
  requireNumber("orderByLevel: finestScale", finestScale, { above: 0 });
  const byLevel = Array.from({ length: levels }, (): number[] => []);
  const total = proposals.reduce((sum, boxes) => sum + boxCount(boxes), 0);
  const boxes = new Float32Array(total * 4);
  const imageOf = new Int32Array(total);
  let start = 0;
  for (const [image, imageBoxes] of proposals.entries()) {
    boxes.set(imageBoxes, start * 4);
    imageOf.fill(image, start, start + boxCount(imageBoxes));
    for (const [i, area] of boxAreas(imageBoxes).entries()) {
      const level = Math.floor(Math.log2(Math.sqrt(area) / finestScale) + LEVEL_MARGIN);
      byLevel[Math.min(levels - 1, Math.max(0, level))]!.push(start + i);
    }
    start += boxCount(imageBoxes);
  }
  const order = Int32Array.from(byLevel.flat());
  const regionBoxes = new Float32Array(total * 4);
  for (const [i, index] of order.entries()) regionBoxes.set(boxes.subarray(index * 4, index * 4 + 4), i * 4);
  return {
    regions: {
      boxes: regionBoxes,
      images: order.map((index) => imageOf[index]!),
      levelCounts: byLevel.map((indices) => indices.length),
    },
    order,
  };
}

const optionsSchema = poolSchema.omit({ finestScale: true }).extend({
  /** Stride of each level, in pixels. */
  strides: z.array(count).min(1),
});

export type PoolOptions = Readonly<z.infer<typeof optionsSchema>>;

/**
 * Pools each region from its level by RoIAlign (https://arxiv.org/abs/1703.06870).
 * @param features map of each level, [N, C, H, W]
 * @returns [regions, C, roiSize, roiSize]
 */
export function poolRegions(features: readonly Tensor[], regions: Regions, options: PoolOptions): Tensor {
  requireArray("poolRegions: features", features);
  requireInstance("poolRegions: regions.boxes", regions?.boxes, Float32Array);
  requireInstance("poolRegions: regions.images", regions.images, Int32Array);
  requireArray("poolRegions: regions.levelCounts", regions.levelCounts);
  const { strides, roiSize, samplingRatio, aligned } = parseOptions("poolRegions", optionsSchema, options);
  const rois = new Float32Array(regions.images.length * 5);
  for (const [i, image] of regions.images.entries()) {
    rois[i * 5] = image;
    rois.set(regions.boxes.subarray(i * 4, i * 4 + 4), i * 5 + 1);
  }
  const parts: Tensor[] = [];
  let start = 0;
  for (const [level, regionCount] of regions.levelCounts.entries()) {
    if (regionCount === 0) continue;
    const map = features[level]!;
    const levelRois = fromTypedArray(rois.subarray(start * 5, (start + regionCount) * 5), [regionCount, 5], {
      device: map.device,
    });
    parts.push(ops.roiAlign(map, levelRois, 1 / strides[level]!, roiSize, roiSize, samplingRatio, aligned));
    start += regionCount;
  }
  return parts.length === 1 ? parts[0]! : ops.cat(parts, 0);
}
