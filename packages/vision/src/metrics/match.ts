import type { CocoAnnotation, CocoDetection } from "./coco-files.js";

/** Matches of the detections of one category in one image, best first, with the ground truth. */
export interface ImageMatches {
  readonly scores: Float64Array;
  /** [thresholds, detections], 1 if the detection matches an object. */
  readonly matched: Uint8Array;
  /** [thresholds, detections], 1 if the detection is neither a true nor a false positive. */
  readonly ignored: Uint8Array;
  /** Number of objects that are not ignored. */
  readonly positives: number;
}

/** Detections (best first) and annotations of one category in one image. */
export interface Pair {
  readonly found: readonly CocoDetection[];
  readonly annotations: readonly CocoAnnotation[];
}

/**
 * Matches each detection, best first, with the unmatched object that it overlaps most. Ignored objects (crowds, and
 * objects outside the area range) are matched only if no other object fits. A crowd can match any number of detections.
 */
export function matchImage(
  { found: detections, annotations }: Pair,
  [low, high]: readonly [number, number],
  thresholds: readonly number[],
): ImageMatches {
  const outside = (area: number) => area < low || area > high;
  const isIgnored = (object: CocoAnnotation) => object.iscrowd !== 0 || outside(object.area);
  const objects = [
    ...annotations.filter((object) => !isIgnored(object)),
    ...annotations.filter((object) => isIgnored(object)),
  ];
  const positives = annotations.length - annotations.filter(isIgnored).length;
  const n = detections.length;
  const overlaps = detections.map(({ bbox }) => objects.map((object) => computeOverlap(bbox, object)));
  const matched = new Uint8Array(thresholds.length * n);
  const ignored = new Uint8Array(thresholds.length * n);
  const taken = new Uint8Array(objects.length);
  for (const [t, threshold] of thresholds.entries()) {
    taken.fill(0);
    for (let d = 0; d < n; d++) {
      const row = overlaps[d]!;
      let best = -1;
      let bestOverlap = Math.min(threshold, 1 - 1e-10);
      for (let g = 0; g < objects.length; g++) {
        if (taken[g] === 1 && objects[g]!.iscrowd === 0) continue;
        // Ignored objects come last. They cannot replace a match with another object.
        if (best !== -1 && best < positives && g >= positives) break;
        if (row[g]! < bestOverlap) continue;
        bestOverlap = row[g]!;
        best = g;
      }
      const index = t * n + d;
      if (best !== -1) {
        // pycocotools marks a match by the object's id, so a match with id 0 does not count.
        matched[index] = objects[best]!.id === 0 ? 0 : 1;
        ignored[index] = best >= positives ? 1 : 0;
        taken[best] = 1;
      }
      if (matched[index] === 0) {
        const { bbox } = detections[d]!;
        ignored[index] ||= outside(bbox[2]! * bbox[3]!) ? 1 : 0;
      }
    }
  }
  return { scores: Float64Array.from(detections, ({ score }) => score), matched, ignored, positives };
}

/** Computes the intersection over union. For a crowd, divides by the detection's area instead of the union. */
function computeOverlap(found: readonly number[], { bbox, iscrowd }: CocoAnnotation): number {
  const [x, y, w, h] = found as [number, number, number, number];
  const [gx, gy, gw, gh] = bbox as [number, number, number, number];
  const width = Math.min(x + w, gx + gw) - Math.max(x, gx);
  if (width <= 0) return 0;
  const height = Math.min(y + h, gy + gh) - Math.max(y, gy);
  if (height <= 0) return 0;
  const shared = width * height;
  return shared / (iscrowd !== 0 ? w * h : w * h + gw * gh - shared);
}
