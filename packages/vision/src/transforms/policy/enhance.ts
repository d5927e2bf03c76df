import type { Image } from "../image.js";
import { clip, mapValues } from "./lookup.js";

// Operations that blend a plainer image (factor 0) with the image (factor 1), or extrapolate (factor above 1). As in
// Pillow, values are computed in float32 and truncated to integers, so the results are the same.

/** Blends with black. */
export function brightness(image: Image, factor: number): Image {
  const scaled = scaleDifferences(factor);
  return mapValues(image, (value) => mixValues(0, value, scaled));
}

/** Blends with the image's mean gray. */
export function contrast(image: Image, factor: number): Image {
  const { data } = image;
  let sum = 0;
  for (let i = 0; i < data.length; i += 3) sum += computeLuma(data, i);
  const mean = Math.floor((3 * sum) / data.length + 0.5);
  const scaled = scaleDifferences(factor);
  return mapValues(image, (value) => mixValues(mean, value, scaled));
}

/** Blends with the image in gray. */
export function color({ width, height, data }: Image, factor: number): Image {
  const out = new Uint8Array(data.length);
  const scaled = scaleDifferences(factor);
  for (let i = 0; i < data.length; i += 3) {
    const plain = computeLuma(data, i);
    out[i] = mixValues(plain, data[i]!, scaled);
    out[i + 1] = mixValues(plain, data[i + 1]!, scaled);
    out[i + 2] = mixValues(plain, data[i + 2]!, scaled);
  }
  return { width, height, data: out };
}

/** Blends with the image smoothed over 3x3 pixels, whose center has weight 5. The border does not change. */
export function sharpness({ width, height, data }: Image, factor: number): Image {
  const out = Uint8Array.from(data);
  const scaled = scaleDifferences(factor);
  const row = 3 * width;
  for (let y = 1; y < height - 1; y++) {
    const end = (y + 1) * row - 3;
    for (let i = y * row + 3; i < end; i++) {
      const above = data[i - row - 3]! + data[i - row]! + data[i - row + 3]!;
      const below = data[i + row - 3]! + data[i + row]! + data[i + row + 3]!;
      const sum = above + data[i - 3]! + 5 * data[i]! + data[i + 3]! + below;
      out[i] = mixValues(((sum + 6.5) / 13) | 0, data[i]!, scaled);
    }
  }
  return { width, height, data: out };
}

/** Computes the ITU-R 601 luma, rounded to an integer. */
const computeLuma = (data: Uint8Array, i: number): number =>
  (19595 * data[i]! + 38470 * data[i + 1]! + 7471 * data[i + 2]! + 32768) >> 16;

/** Multiplies each difference of two values, -255 to 255, by the factor. */
const scaleDifferences = (factor: number): Float32Array => {
  const rounded = Math.fround(factor);
  return Float32Array.from({ length: 511 }, (_, i) => rounded * (i - 255));
};

const mixValues = (plain: number, value: number, scaled: Float32Array): number =>
  clip(Math.fround(plain + scaled[value - plain + 255]!));
