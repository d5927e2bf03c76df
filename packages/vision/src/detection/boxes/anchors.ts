import { parseOptions, requireArray, requireNumber } from "@supernet/base";
import { type AnchorSettings, anchorsSchema } from "../common.settings.js";
import type { Boxes, ImageSize } from "./boxes.js";

/** Anchors of all levels, finest level first. Within a level, they are sorted by row, column, ratio and scale. */
export interface Anchors {
  readonly boxes: Boxes;
  /** Number of anchors of each level. */
  readonly counts: readonly number[];
}

/** Returns the number of anchors at each position of a feature map. */
export function anchorsPerPosition(settings: AnchorSettings): number {
  const { scales, ratios } = parseOptions("anchorsPerPosition", anchorsSchema, settings);
  return scales.length * ratios.length;
}

/**
 * Returns the anchors around the origin, sorted by ratio and then scale. As in torchvision's detectors, the side of a
 * square is truncated to an integer, and corners are rounded (halves to even).
 */
export function cellAnchors(stride: number, settings: AnchorSettings): Boxes {
  requireNumber("cellAnchors: stride", stride, { above: 0 });
  const { scales, ratios } = parseOptions("cellAnchors", anchorsSchema, settings);
  const boxes = ratios.flatMap((ratio) =>
    scales.flatMap((scale) => {
      const side = Math.trunc(scale * stride);
      const height = Math.fround(Math.sqrt(ratio));
      const x = roundHalfEven(Math.fround(Math.fround(1 / height) * side) / 2);
      const y = roundHalfEven(Math.fround(height * side) / 2);
      return [-x, -y, x, y];
    }),
  );
  return new Float32Array(boxes);
}

/**
 * Returns the anchors of a feature pyramid, which are the cell anchors shifted to every position.
 *
 * @example
 * const anchors = gridAnchors([{ height: 25, width: 34 }], [32], { scales: [8], ratios: [0.5, 1, 2] });
 * @param mapSizes size of the map of each level
 * @param strides stride of each level, in pixels
 */
export function gridAnchors(
  mapSizes: readonly ImageSize[],
  strides: readonly number[],
  settings: AnchorSettings,
): Anchors {
  requireArray("gridAnchors: mapSizes", mapSizes);
  requireArray("gridAnchors: strides", strides);
  parseOptions("gridAnchors", anchorsSchema, settings);
  const perPosition = anchorsPerPosition(settings);
  const counts = mapSizes.map(({ height, width }) => height * width * perPosition);
  const boxes = new Float32Array(4 * counts.reduce((sum, count) => sum + count, 0));
  let next = 0;
  for (const [level, { height, width }] of mapSizes.entries()) {
    const stride = strides[level]!;
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
  const fraction = value - floor;
  if (fraction !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
