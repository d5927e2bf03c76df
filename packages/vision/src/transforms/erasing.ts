import type { Random } from "@supernet/base";
import { randomRegion } from "./crop.js";

/** Random erasing. Zhong et al., 2020. */
export interface RandomErasing {
  /** Of an image losing a part. */
  readonly probability: number;
  /** Smallest and largest size of the part, in parts of the image's area. */
  readonly area: readonly [number, number];
  /** Smallest and largest width / height. */
  readonly ratio: readonly [number, number];
  /** What comes in its place: normal noise for each pixel and channel, or the mean of the normalisation. */
  readonly fill: "noise" | "mean";
}

/** Erases a random part of one image of a normalised batch of [n, 3, height, width]. */
export function erase(
  batch: Float32Array,
  place: number,
  height: number,
  width: number,
  { probability, area, ratio, fill }: RandomErasing,
  random: Random,
): void {
  if (random.uniform() >= probability) return;
  const part = randomRegion(width, height, { scale: area, ratio }, random);
  if (!part) return;
  for (let channel = 0; channel < 3; channel++) {
    for (let y = part.top; y < part.top + part.height; y++) {
      const from = ((place * 3 + channel) * height + y) * width + part.left;
      for (let i = from; i < from + part.width; i++) batch[i] = fill === "noise" ? random.normal() : 0;
    }
  }
}
