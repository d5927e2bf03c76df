import { native } from "./native.js";

/** Red, green and blue bytes, row by row. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A part of an image, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** All of an image. */
export const whole = ({ width, height }: { readonly width: number; readonly height: number }): Region => ({
  left: 0,
  top: 0,
  width,
  height,
});

/** A grey image as three equal channels. */
export function fromGrey(grey: Uint8Array, width: number, height: number): Image {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.fill(grey[i]!, 3 * i, 3 * i + 3);
  return { width, height, data };
}

/** How an image is resampled. */
export type Interpolation = "bilinear" | "bicubic";

/** The middle of an image; what the image does not cover is black. `dx`, `dy` shift the content, in pixels. */
export function centre(image: Image, width: number, height: number, dx = 0, dy = 0): Image {
  const left = Math.round((width - image.width) / 2) + dx;
  const top = Math.round((height - image.height) / 2) + dy;
  if (left === 0 && top === 0 && image.width === width && image.height === height) return image;
  const data = new Uint8Array(width * height * 3);
  const [from, to] = [Math.max(0, left), Math.min(width, left + image.width)];
  for (let y = Math.max(0, top); y < Math.min(height, top + image.height) && to > from; y++) {
    const source = ((y - top) * image.width + from - left) * 3;
    data.set(image.data.subarray(source, source + (to - from) * 3), (y * width + from) * 3);
  }
  return { width, height, data };
}

/** Left and right exchanged. */
export function mirror({ width, height, data }: Image): Image {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = (y * width + width - 1 - x) * 3;
      out[to] = data[from]!;
      out[to + 1] = data[from + 1]!;
      out[to + 2] = data[from + 2]!;
    }
  }
  return { width, height, data: out };
}

/** Numbers a colour channel: what a network's input has as mean and deviation, on the scale of 0 to 1. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** What each value of a channel becomes, [3, 256]; made once for each normalisation. */
const tables = new WeakMap<Normalization, Float32Array>();

function tableOf(normalization: Normalization): Float32Array {
  const known = tables.get(normalization);
  if (known) return known;
  const { mean, std } = normalization;
  const table = Float32Array.from({ length: 3 * 256 }, (_, i) => {
    const c = i >> 8;
    return (i & 255) * (1 / (255 * std[c]!)) - mean[c]! / std[c]!;
  });
  tables.set(normalization, table);
  return table;
}

/**
 * Writes an image into a batch of [n, 3, height, width] as (value / 255 - mean) / std, at the top left of its
 * place; what it does not cover stays as it was.
 */
export function writeNormalized(
  { width: columns, height: rows, data }: Image,
  normalization: Normalization,
  batch: Float32Array,
  place: number,
  height: number,
  width: number,
  mirrored = false,
): void {
  const plane = height * width;
  const table = tableOf(normalization);
  native.normalize(data, columns, rows, mirrored, table, batch, place * 3 * plane, plane, width);
}
