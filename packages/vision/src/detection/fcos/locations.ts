import { type Anchors, gridAnchors } from "../boxes/anchors.js";
import { boxAreas, type GroundTruth, type ImageSize } from "../boxes/boxes.js";
import { IGNORED, NEGATIVE } from "../boxes/matcher.js";

/** Shortest and longest distance to the farthest side of a box, in strides, for which a level is responsible. */
const RANGE = [4, 8] as const;

/** torchvision compares this minus the area of a box, in single precision: in steps of 8 pixels. */
const LARGE = 1e8;

/**
 * Returns the locations of every level. Each is a square whose center is the location and whose side is the stride. As
 * in torchvision, the first location of a level is the corner of the image.
 */
export const gridLocations = (mapSizes: readonly ImageSize[], strides: readonly number[]): Anchors =>
  gridAnchors(mapSizes, strides, { scales: [1], ratios: [1] });

/**
 * Matches each location with the ground truth that it predicts: the smallest box that contains it, whose center is
 * within the radius, and whose farthest side is at a distance in the range of the level. The first level has no lower
 * limit, the last one no upper limit. Crowds and empty boxes have no matches. Negatives inside a crowd are ignored.
 *
 * @param radius in multiples of the stride
 * @returns for each location, the index of its ground truth, {@link NEGATIVE} or {@link IGNORED}
 */
export function matchLocations(locations: Anchors, groundTruth: GroundTruth, radius: number): Int32Array {
  const { boxes: squares, counts } = locations;
  const { boxes, crowd } = groundTruth;
  const areas = boxAreas(boxes).map((area) => LARGE - Math.fround(LARGE - area));
  const match = (i: number, lower: number, upper: number): number => {
    const stride = squares[i * 4 + 2]! - squares[i * 4]!;
    const x = squares[i * 4]! + stride / 2;
    const y = squares[i * 4 + 1]! + stride / 2;
    let best = NEGATIVE;
    let smallest = Number.POSITIVE_INFINITY;
    for (const [g, area] of areas.entries()) {
      const left = x - boxes[g * 4]!;
      const top = y - boxes[g * 4 + 1]!;
      const right = boxes[g * 4 + 2]! - x;
      const bottom = boxes[g * 4 + 3]! - y;
      if (!(Math.min(left, top, right, bottom) > 0)) continue;
      if (crowd[g] === 1) {
        if (best === NEGATIVE) best = IGNORED;
        continue;
      }
      const farthest = Math.max(left, top, right, bottom);
      const fromCenter = Math.max(Math.abs(right - left), Math.abs(bottom - top)) / 2;
      if (farthest <= lower * stride || farthest >= upper * stride) continue;
      if (fromCenter >= radius * stride || area >= smallest) continue;
      best = g;
      smallest = area;
    }
    return best;
  };
  const matched: number[] = [];
  for (const [level, count] of counts.entries()) {
    const lower = level === 0 ? 0 : RANGE[0];
    const upper = level === counts.length - 1 ? Number.POSITIVE_INFINITY : RANGE[1];
    for (let i = 0; i < count; i++) matched.push(match(matched.length, lower, upper));
  }
  return Int32Array.from(matched);
}
