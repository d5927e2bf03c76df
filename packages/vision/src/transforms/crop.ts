import type { Random } from "@supernet/base";
import type { Region } from "./image.js";

export interface RandomResizedCrop {
  /** Smallest and largest part of the image's area. */
  readonly scale: readonly [number, number];
  /** Smallest and largest width / height. */
  readonly ratio: readonly [number, number];
}

const TRIES = 10;

/** A random part of an image; undefined where none that is drawn fits. Of width / height the logarithm is uniform. */
export function randomRegion(
  width: number,
  height: number,
  { scale, ratio }: RandomResizedCrop,
  random: Random,
): Region | undefined {
  for (let i = 0; i < TRIES; i++) {
    const area = width * height * random.uniform(scale[0], scale[1]);
    const shape = Math.exp(random.uniform(Math.log(ratio[0]), Math.log(ratio[1])));
    const w = Math.round(Math.sqrt(area * shape));
    const h = Math.round(Math.sqrt(area / shape));
    if (w < 1 || h < 1 || w > width || h > height) continue;
    return { left: random.int(width - w + 1), top: random.int(height - h + 1), width: w, height: h };
  }
  return undefined;
}

/**
 * A random part of an image to be resized to the network's input (Szegedy et al., 2015). Where no drawn part
 * fits, the largest middle part whose ratio is allowed.
 */
export function randomCrop(width: number, height: number, crop: RandomResizedCrop, random: Random): Region {
  const drawn = randomRegion(width, height, crop, random);
  if (drawn) return drawn;
  const { ratio } = crop;
  const shape = Math.min(ratio[1], Math.max(ratio[0], width / height));
  const w = Math.max(1, Math.min(width, Math.round(height * shape)));
  const h = Math.max(1, Math.min(height, Math.round(width / shape)));
  return { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h };
}

/** The size at which both limits hold and the ratio is kept: shorter and longer side, in pixels. */
export function fittedSize(
  { width, height }: { readonly width: number; readonly height: number },
  { short, long }: { readonly short: number; readonly long: number },
): { width: number; height: number } {
  const scale = Math.min(short / Math.min(width, height), long / Math.max(width, height));
  const side = (n: number) => Math.max(1, Math.round(n * scale));
  return { width: side(width), height: side(height) };
}

/** The least multiple of `multiple` that a side fits in, in pixels. */
export const paddedSide = (pixels: number, multiple: number): number =>
  Math.ceil(pixels / multiple) * multiple;
