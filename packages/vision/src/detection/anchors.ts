import type { Boxes, ImageSize } from "./boxes.js";

/** Anchors of every place of every level of a feature pyramid. */
export interface AnchorSettings {
  /** Side of the square anchor, in strides of its level. */
  readonly scales: readonly number[];
  /** Height / width. The area does not depend on it. */
  readonly ratios: readonly number[];
  /** Pixels between neighbours on each level, finest level first. */
  readonly strides: readonly number[];
}

/** Anchors of all levels in one array, finest level first; within a level by row, column, ratio, scale. */
export interface Anchors {
  readonly boxes: Boxes;
  /** Anchors of each level. */
  readonly counts: readonly number[];
}

export function anchorsPerPlace(settings: AnchorSettings): number {
  return settings.scales.length * settings.ratios.length;
}

/**
 * The anchors round the origin, ratios outermost: 4 numbers each, rounded to whole pixels (halves to even)
 * as torchvision's AnchorGenerator rounds them.
 */
export function cellAnchors(stride: number, settings: AnchorSettings): Boxes {
  const boxes = settings.ratios.flatMap((ratio) =>
    settings.scales.flatMap((scale) => {
      const height = Math.fround(Math.sqrt(ratio));
      const x = roundHalfEven(Math.fround(Math.fround(1 / height) * scale * stride) / 2);
      const y = roundHalfEven(Math.fround(height * scale * stride) / 2);
      return [-x, -y, x, y];
    }),
  );
  return new Float32Array(boxes);
}

/** Anchors for feature maps of the given sizes, one a level: the cell anchors shifted by whole strides. */
export function gridAnchors(mapSizes: readonly ImageSize[], settings: AnchorSettings): Anchors {
  const perPlace = anchorsPerPlace(settings);
  const counts = mapSizes.map(({ height, width }) => height * width * perPlace);
  const boxes = new Float32Array(4 * counts.reduce((sum, count) => sum + count, 0));
  let next = 0;
  for (const [level, { height, width }] of mapSizes.entries()) {
    const stride = settings.strides[level]!;
    const cell = cellAnchors(stride, settings);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        for (let i = 0; i < cell.length; i++) {
          boxes[next++] = cell[i]! + stride * (i % 2 === 0 ? column : row);
        }
      }
    }
  }
  return { boxes, counts };
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
