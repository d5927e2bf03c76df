import { fromTypedArray, ops, type Tensor } from "@supernet/torch";
import { type Boxes, boxAreas, boxCount } from "../boxes/boxes.js";
import type { PoolSettings } from "./faster-rcnn.settings.js";

/** Regions of interest of a whole batch, ordered by the pyramid level that each is pooled from. */
export interface Regions {
  readonly boxes: Boxes;
  /** For each region, the image of the batch that it lies in. */
  readonly images: Int32Array;
  /** Regions of each level; the finest level's come first. */
  readonly levelCounts: readonly number[];
}

/**
 * Orders the proposals of all images by level: floor(log2(sqrt(area) / finestScale)), held to 0 .. levels - 1
 * (Lin et al., Feature Pyramid Networks, 2017, eq. 1). The order is stable.
 * @returns the regions, and for each its place among the proposals of all images one after another
 */
export function orderByLevel(
  proposals: readonly Boxes[],
  levels: number,
  finestScale: number,
): { regions: Regions; places: Int32Array } {
  const byLevel = Array.from({ length: levels }, (): number[] => []);
  const total = proposals.reduce((sum, boxes) => sum + boxCount(boxes), 0);
  const boxes = new Float32Array(total * 4);
  const imageOf = new Int32Array(total);
  let first = 0;
  for (const [image, own] of proposals.entries()) {
    boxes.set(own, first * 4);
    imageOf.fill(image, first, first + boxCount(own));
    for (const [i, area] of boxAreas(own).entries()) {
      const level = Math.floor(Math.log2(Math.sqrt(area) / finestScale) + 1e-6);
      byLevel[Math.min(levels - 1, Math.max(0, level))]!.push(first + i);
    }
    first += boxCount(own);
  }
  const places = Int32Array.from(byLevel.flat());
  const regionBoxes = new Float32Array(total * 4);
  for (const [i, place] of places.entries()) regionBoxes.set(boxes.subarray(place * 4, place * 4 + 4), i * 4);
  return {
    regions: {
      boxes: regionBoxes,
      images: places.map((place) => imageOf[place]!),
      levelCounts: byLevel.map((own) => own.length),
    },
    places,
  };
}

/**
 * RoIAlign of each region from its level.
 * @param features one N x C x H x W map a level
 * @param strides of those levels
 * @returns regions x C x roiSize x roiSize
 */
export function poolRegions(
  features: readonly Tensor[],
  strides: readonly number[],
  regions: Regions,
  settings: PoolSettings,
): Tensor {
  const { roiSize, samplingRatio, aligned } = settings;
  const rois = new Float32Array(regions.images.length * 5);
  for (const [i, image] of regions.images.entries()) {
    rois[i * 5] = image;
    rois.set(regions.boxes.subarray(i * 4, i * 4 + 4), i * 5 + 1);
  }
  const parts: Tensor[] = [];
  let first = 0;
  for (const [level, count] of regions.levelCounts.entries()) {
    if (count === 0) continue;
    const map = features[level]!;
    const own = fromTypedArray(rois.subarray(first * 5, (first + count) * 5), [count, 5], {
      device: map.device,
    });
    parts.push(ops.roiAlign(map, own, 1 / strides[level]!, roiSize, roiSize, samplingRatio, aligned));
    first += count;
  }
  return parts.length === 1 ? parts[0]! : ops.cat(parts, 0);
}
