import type { Image } from "../image.js";
import { clip } from "./lookup.js";

/**
 * Writes an image's color at (x, y) to `out` at `offset`. (0, 0) is the center of the first pixel. Border pixels are
 * repeated outside the image. As in Pillow, values are truncated to integers.
 */
export type Interpolate = (image: Image, x: number, y: number, out: Uint8Array, offset: number) => void;

/** Interpolates between the nearest 2x2 pixels. */
export const interpolateBilinear: Interpolate = ({ width, height, data }, x, y, out, offset) => {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const x0 = 3 * Math.max(0, left);
  const x1 = 3 * Math.min(width - 1, left + 1);
  const y0 = 3 * width * Math.max(0, top);
  const y1 = 3 * width * Math.min(height - 1, top + 1);
  for (let channel = 0; channel < 3; channel++) {
    const upper = interpolate(data[y0 + x0 + channel]!, data[y0 + x1 + channel]!, dx);
    const lower = interpolate(data[y1 + x0 + channel]!, data[y1 + x1 + channel]!, dx);
    out[offset + channel] = interpolate(upper, lower, dy);
  }
};

const interpolate = (from: number, to: number, part: number): number => from + (to - from) * part;

/** Interpolates between the nearest 4x4 pixels. */
export const interpolateBicubic: Interpolate = ({ width, height, data }, x, y, out, offset) => {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const x0 = 3 * Math.max(0, left - 1);
  const x1 = 3 * Math.max(0, left);
  const x2 = 3 * Math.min(width - 1, left + 1);
  const x3 = 3 * Math.min(width - 1, left + 2);
  const y0 = 3 * width * Math.max(0, top - 1);
  const y1 = 3 * width * Math.max(0, top);
  const y2 = 3 * width * Math.min(height - 1, top + 1);
  const y3 = 3 * width * Math.min(height - 1, top + 2);
  for (let c = 0; c < 3; c++) {
    const b0 = x0 + c;
    const b1 = x1 + c;
    const b2 = x2 + c;
    const b3 = x3 + c;
    // Shears and translations move pixels along one axis only.
    const value =
      dy === 0
        ? interpolateCubic(data[y1 + b0]!, data[y1 + b1]!, data[y1 + b2]!, data[y1 + b3]!, dx)
        : dx === 0
          ? interpolateCubic(data[y0 + b1]!, data[y1 + b1]!, data[y2 + b1]!, data[y3 + b1]!, dy)
          : interpolateCubic(
              interpolateCubic(data[y0 + b0]!, data[y0 + b1]!, data[y0 + b2]!, data[y0 + b3]!, dx),
              interpolateCubic(data[y1 + b0]!, data[y1 + b1]!, data[y1 + b2]!, data[y1 + b3]!, dx),
              interpolateCubic(data[y2 + b0]!, data[y2 + b1]!, data[y2 + b2]!, data[y2 + b3]!, dx),
              interpolateCubic(data[y3 + b0]!, data[y3 + b1]!, data[y3 + b2]!, data[y3 + b3]!, dx),
              dy,
            );
    out[offset + c] = clip(value);
  }
};

/**
 * Interpolates between `b` (t = 0) and `c` (t = 1) by Keys' cubic, with the sharper a = -1 that Pillow uses for
 * transforms. The order of the sums is also Pillow's, because the truncation depends on the last bit.
 */
const interpolateCubic = (a: number, b: number, c: number, d: number, t: number): number =>
  b + t * (c - a + t * (2 * (a - b) + c - d + t * (b - a - c + d)));
