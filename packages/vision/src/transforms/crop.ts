import { type Random, requireFunction, requireObject } from "@supernet/base";
import { checkSettings } from "./check-settings.js";
import type { Image, Region } from "./image.js";
import { type RandomResizedCrop, randomResizedCropSchema } from "./settings.js";

type Size = Pick<Image, "width" | "height">;

const MAX_TRIES = 10;

/** Like `randomRegion`, without checking its arguments. */
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
 * Samples a random region of an image. Its logarithm of width / height is uniform.
 * @returns undefined if none of 10 samples fits into the image
 */
export function randomRegion(size: Size, crop: RandomResizedCrop, random: Random): Region | undefined {
  requireObject("randomRegion: size", size);
  checkSettings("randomRegion", randomResizedCropSchema, crop);
  requireFunction("randomRegion: random.uniform", random?.uniform);
  return drawRegion(size, crop, random);
}

/**
 * Samples the region of an image that becomes the network's input (https://arxiv.org/abs/1409.4842). If none of 10
 * samples fits, returns the largest center crop with an allowed ratio.
 *
 * @example
 * const region = randomCrop(image, { scale: [0.08, 1], ratio: [3 / 4, 4 / 3] }, random);
 * const input = resize(image, { width: 224, height: 224, interpolation: "bilinear", region });
 */
export function randomCrop(size: Size, crop: RandomResizedCrop, random: Random): Region {
  requireObject("randomCrop: size", size);
  checkSettings("randomCrop", randomResizedCropSchema, crop);
  requireFunction("randomCrop: random.uniform", random?.uniform);
  const region = drawRegion(size, crop, random);
  if (region) return region;
  const { ratio } = crop;
  const { width, height } = size;
  const shape = Math.min(ratio[1], Math.max(ratio[0], width / height));
  const w = Math.max(1, Math.min(width, Math.round(height * shape)));
  const h = Math.max(1, Math.min(height, Math.round(width / shape)));
  return { left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h };
}
