import type { Image } from "../image.js";
import { clip } from "./lookup.js";

/**
 * Writes an image's colour at (x, y), in pixels from the middle of the first one, to `out` from `place` on. Beyond
 * the border pixels repeat. As in Pillow, values are cut off to whole numbers.
 */
export type Sample = (image: Image, x: number, y: number, out: Uint8Array, place: number) => void;

/** By the 2x2 pixels around. */
export const sampleBilinear: Sample = ({ width, height, data }, x, y, out, place) => {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const dx = x - left;
  const dy = y - top;
  const x0 = 3 * Math.max(0, left);
  const x1 = 3 * Math.min(width - 1, left + 1);
  const y0 = 3 * width * Math.max(0, top);
  const y1 = 3 * width * Math.min(height - 1, top + 1);
  for (let channel = 0; channel < 3; channel++) {
    const upper = between(data[y0 + x0 + channel]!, data[y0 + x1 + channel]!, dx);
    const lower = between(data[y1 + x0 + channel]!, data[y1 + x1 + channel]!, dx);
    out[place + channel] = between(upper, lower, dy);
  }
};

const between = (from: number, to: number, part: number): number => from + (to - from) * part;

/** By the 4x4 pixels around (Keys, 1981, with the sharper a = -1 that Pillow takes for transforms). */
export const sampleBicubic: Sample = ({ width, height, data }, x, y, out, place) => {
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
  const ex = 1 - dx;
  const ey = 1 - dy;
  const [u0, u1, u2, u3] = [-dx * ex * ex, ex * (1 + dx - dx * dx), dx * (1 + dx * ex), -dx * dx * ex];
  const [v0, v1, v2, v3] = [-dy * ey * ey, ey * (1 + dy - dy * dy), dy * (1 + dy * ey), -dy * dy * ey];
  for (let c = 0; c < 3; c++) {
    const a0 = y0 + c;
    const a1 = y1 + c;
    const a2 = y2 + c;
    const a3 = y3 + c;
    // Shears and translations move pixels along one axis only.
    let value =
      dx === 0
        ? data[a1 + x1]! * v1
        : (data[a1 + x0]! * u0 + data[a1 + x1]! * u1 + data[a1 + x2]! * u2 + data[a1 + x3]! * u3) * v1;
    if (dy !== 0) {
      value +=
        dx === 0
          ? data[a0 + x1]! * v0 + data[a2 + x1]! * v2 + data[a3 + x1]! * v3
          : (data[a0 + x0]! * u0 + data[a0 + x1]! * u1 + data[a0 + x2]! * u2 + data[a0 + x3]! * u3) * v0 +
            (data[a2 + x0]! * u0 + data[a2 + x1]! * u1 + data[a2 + x2]! * u2 + data[a2 + x3]! * u3) * v2 +
            (data[a3 + x0]! * u0 + data[a3 + x1]! * u1 + data[a3 + x2]! * u2 + data[a3 + x3]! * u3) * v3;
    }
    // The weights' own rounding must not carry a whole number below itself.
    out[place + c] = clip(value + 1e-9);
  }
};
