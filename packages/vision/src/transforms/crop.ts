import { type Random, requireFunction, requireObject } from "@supernet/base";
import { checkSettings } from "./check-settings.js";
import type { Image, Region } from "./image.js";
import { type RandomResizedCrop, randomResizedCropSchema } from "./settings.js";

type Size = Pick<Image, "width" | "height">;

const MAX_TRIES = 10;

/** Does the same as `randomRegion`, without checks. */
export function drawRegion(
  { width, height }: Size,
  { scale, ratio }: RandomResizedCrop,
  random: Random,
): Region | undefined {
  for (let i = 0; i < MAX_TRIES; i++) {
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
 * Draws a random part of an image. The logarithm of width / height is uniform.
 * @returns undefined if none of the drawn parts fits into the image
 */
export function randomRegion(size: Size, crop: RandomResizedCrop, random: Random): Region | undefined {
  requireObject("randomRegion: size", size);
  checkSettings("randomRegion", randomResizedCropSchema, crop);
  requireFunction("randomRegion: random.uniform", random?.uniform);
  return drawRegion(size, crop, random);
}

/**
 * Draws the part of an image to be resized to the network's input (Szegedy et al., 2015). If no drawn part fits, it
 * is the largest center crop with an allowed ratio.
 */
export function randomCrop(size: Size, crop: RandomResizedCrop, random: Random): Region {
  requireObject("randomCrop: size", size);
  checkSettings("randomCrop", randomResizedCropSchema, crop);
  requireFunction("randomCrop: random.uniform", random?.uniform);
  const drawn = drawRegion(size, crop, random);
  if (drawn) return drawn;
  const { ratio } = crop;
  const { width, height } = size;
  const shape = Math.min(ratio[1], Math.max(ratio[0], width / height));
  const w = Math.max(1, Math.min(width, Math.round(height * shape)));
  const h = Math.max(1, Math.min(height, Math.round(width / shape)));
  return { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h };
}
