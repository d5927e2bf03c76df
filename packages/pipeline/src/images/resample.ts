import type { Pixels, Resizing } from "../core/index.js";

/** Bits of the fraction of a weight. With a byte and a sign, they fit into 32 bits. */
const WEIGHT_BITS = 22;
const HALF = 1 << (WEIGHT_BITS - 1);

/** Weights of the pixels of a row or column, for some positions of the result. */
interface Taps {
  /** First pixel of each position. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** Weights of each position, `stride` apart. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * Resizes an image with the same result as Pillow, byte for byte: rows first, then columns, with weights in fixed point.
 * The kernel is a triangle or Keys' cubic (a = -0.5), and is widened if the image shrinks.
 */
export function resample(image: Pixels, { width, height, interpolation, window }: Resizing): Pixels {
  const part = window ?? { left: 0, top: 0, width, height };
  const across = tapsOf(image.width, width, part.left, part.width, interpolation);
  const down = tapsOf(image.height, height, part.top, part.height, interpolation);
  const firstRow = down.first[0]!;
  const rows = down.first[part.height - 1]! + down.count[part.height - 1]! - firstRow;
  const between = new Uint8ClampedArray(3 * part.width * rows);
  for (let y = 0; y < rows; y++) {
    const row = 3 * (firstRow + y) * image.width;
    for (let x = 0; x < part.width; x++) {
      let [red, green, blue] = [HALF, HALF, HALF];
      let from = row + 3 * across.first[x]!;
      const last = x * across.stride + across.count[x]!;
      for (let k = x * across.stride; k < last; k++, from += 3) {
        const weight = across.weights[k]!;
        red += image.data[from]! * weight;
        green += image.data[from + 1]! * weight;
        blue += image.data[from + 2]! * weight;
      }
      const to = 3 * (y * part.width + x);
      between[to] = red >> WEIGHT_BITS;
      between[to + 1] = green >> WEIGHT_BITS;
      between[to + 2] = blue >> WEIGHT_BITS;
    }
  }
  const stride = 3 * part.width;
  const data = new Uint8ClampedArray(stride * part.height);
  for (let y = 0; y < part.height; y++) {
    const start = (down.first[y]! - firstRow) * stride;
    const weights = down.weights.subarray(y * down.stride, y * down.stride + down.count[y]!);
    for (let i = 0; i < stride; i++) {
      let sum = HALF;
      for (let k = 0; k < weights.length; k++) sum += between[start + k * stride + i]! * weights[k]!;
      data[y * stride + i] = sum >> WEIGHT_BITS;
    }
  }
  return { width: part.width, height: part.height, data: new Uint8Array(data.buffer) };
}

function tapsOf(
  size: number,
  target: number,
  start: number,
  length: number,
  interpolation: Resizing["interpolation"],
): Taps {
  const kernel = interpolation === "bilinear" ? triangle : cubic;
  const step = size / target;
  const stretch = Math.max(step, 1);
  const support = (interpolation === "bilinear" ? 1 : 2) * stretch;
  const stride = 2 * Math.ceil(support) + 1;
  const taps: Taps = {
    first: new Int32Array(length),
    count: new Int32Array(length),
    weights: new Int32Array(length * stride),
    stride,
  };
  for (let i = 0; i < length; i++) {
    const middle = (start + i + 0.5) * step;
    const first = Math.max(0, Math.trunc(middle - support + 0.5));
    const count = Math.min(size, Math.trunc(middle + support + 0.5)) - first;
    const exact = Array.from({ length: count }, (_, k) => kernel((first + k - middle + 0.5) * (1 / stretch)));
    const sum = exact.reduce((a, b) => a + b, 0);
    for (const [k, weight] of exact.entries()) {
      const scaled = (sum === 0 ? weight : weight / sum) * 2 ** WEIGHT_BITS;
      taps.weights[i * stride + k] = Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    taps.first[i] = first;
    taps.count[i] = count;
  }
  return taps;
}

const triangle = (x: number): number => Math.max(0, 1 - Math.abs(x));

function cubic(x: number): number {
  const a = -0.5;
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
}
