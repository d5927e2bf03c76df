import {
  fraction,
  parseOptions,
  type Random,
  requireArray,
  requireFunction,
  requireInstance,
  requireObject,
} from "@supernet/base";
import { z } from "zod";
import { checkSettings } from "./check-settings.js";
import type { Image, Region } from "./image.js";
import { type MixSettings, mixSchema, regionSchema } from "./settings.js";

type Size = Pick<Image, "width" | "height">;

/** How one batch is mixed. */
export interface Mix {
  /** Weight of each image itself, 0 to 1. */
  readonly weight: number;
  /** Part that comes from the other image. Without it, all pixels are blended by the weight. */
  readonly box?: Region;
}

const mixPairsSchema = z.strictObject({ weight: fraction, box: regionSchema.optional() });

/** Draws how a batch of images of this size is mixed. */
export function drawMix(settings: MixSettings, size: Size, random: Random): Mix {
  checkSettings("drawMix", mixSchema, settings);
  requireObject("drawMix: size", size);
  requireFunction("drawMix: random.uniform", random?.uniform);
  switch (settings.kind) {
    case "mixup":
      return { weight: random.beta(settings.alpha, settings.alpha) };
    case "cutmix":
      return drawBox(settings.alpha, size, random);
    case "mixup-or-cutmix": {
      const { mixupAlpha, cutmixAlpha, cutmixProbability } = settings;
      return random.uniform() < cutmixProbability
        ? drawBox(cutmixAlpha, size, random)
        : { weight: random.beta(mixupAlpha, mixupAlpha) };
    }
  }
}

/** Draws a box of the image's shape around a random pixel. It is clipped to the image, also for the weight. */
function drawBox(alpha: number, { width, height }: Size, random: Random): Mix {
  const side = Math.sqrt(1 - random.beta(alpha, alpha));
  const [top, bottom] = drawSpan(height, side, random);
  const [left, right] = drawSpan(width, side, random);
  const box = { left, top, width: right - left, height: bottom - top };
  return { weight: 1 - (box.width * box.height) / (width * height), box };
}

/** Draws the ends of a part of a side around a random pixel. */
function drawSpan(length: number, part: number, random: Random): readonly [number, number] {
  const half = Math.floor(length * part) >> 1;
  const middle = random.int(length);
  return [Math.max(0, middle - half), Math.min(length, middle + half)];
}

/**
 * Mixes the images of a batch, [n, channels, height, width], in pairs and in place: the first with the last, the second
 * with the last but one, and so on.
 */
export function mixPairs(
  batch: Float32Array,
  shape: readonly [number, number, number, number],
  mix: Mix,
): void {
  requireInstance("mixPairs: batch", batch, Float32Array);
  requireArray("mixPairs: shape", shape);
  const { weight, box } = parseOptions("mixPairs", mixPairsSchema, mix);
  const [n, channels, height, width] = shape;
  const size = channels * height * width;
  for (let i = 0; i < n >> 1; i++) {
    const [a, b] = [i * size, (n - 1 - i) * size];
    if (!box) {
      blend(batch.subarray(a, a + size), batch.subarray(b, b + size), weight);
      continue;
    }
    for (let channel = 0; channel < channels; channel++) {
      for (let y = box.top; y < box.top + box.height; y++) {
        const start = (channel * height + y) * width + box.left;
        for (let x = start; x < start + box.width; x++) swap(batch, a + x, b + x);
      }
    }
  }
}

/** Blends two arrays of the same length, each with the other. */
function blend(a: Float32Array, b: Float32Array, weight: number): void {
  const otherWeight = 1 - weight;
  for (let i = 0; i < a.length; i++) {
    const fromA = a[i]!;
    const fromB = b[i]!;
    a[i] = weight * fromA + otherWeight * fromB;
    b[i] = weight * fromB + otherWeight * fromA;
  }
}

function swap(data: Float32Array, a: number, b: number): void {
  const fromA = data[a]!;
  data[a] = data[b]!;
  data[b] = fromA;
}
