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

/** Parameters for mixing the images of one batch. */
export interface Mix {
  /** Weight of each image, 0 to 1. Its partner has the remaining weight. */
  readonly weight: number;
  /** Region that is copied from the partner. If undefined, all pixels are blended by the weight. */
  readonly box?: Region;
}

const mixPairsSchema = z.strictObject({ weight: fraction, box: regionSchema.optional() });

/**
 * Samples the parameters for mixing a batch of images of this size; undefined if the batch is not mixed.
 *
 * @example
 * const mix = drawMix({ kind: "mixup", alpha: 0.8 }, { width: 224, height: 224 }, random);
 * if (mix) mixPairs(batch, [32, 3, 224, 224], mix);
 */
export function drawMix(settings: MixSettings, size: Size, random: Random): Mix | undefined {
  checkSettings("drawMix", mixSchema, settings);
  requireObject("drawMix: size", size);
  requireFunction("drawMix: random.uniform", random?.uniform);
  const { probability = 1 } = settings;
  if (probability < 1 && random.uniform() >= probability) return undefined;
  switch (settings.kind) {
    case "mixup":
      return { weight: random.beta(settings.alpha, settings.alpha) };
    case "cutmix":
      return sampleBox(settings.alpha, size, random);
    case "mixup-or-cutmix": {
      const { mixupAlpha, cutmixAlpha, cutmixProbability } = settings;
      return random.uniform() < cutmixProbability
        ? sampleBox(cutmixAlpha, size, random)
        : { weight: random.beta(mixupAlpha, mixupAlpha) };
    }
  }
}

/** Samples a box with the image's aspect ratio around a random pixel. The weight follows from the clipped box. */
function sampleBox(alpha: number, { width, height }: Size, random: Random): Mix {
  const side = Math.sqrt(1 - random.beta(alpha, alpha));
  const [top, bottom] = sampleSpan(height, side, random);
  const [left, right] = sampleSpan(width, side, random);
  const box = { left, top, width: right - left, height: bottom - top };
  return { weight: 1 - (box.width * box.height) / (width * height), box };
}

/** Samples a span around a random pixel of a side. `part` is its length, as a fraction of the side's. */
function sampleSpan(length: number, part: number, random: Random): readonly [number, number] {
  const half = Math.floor(length * part) >> 1;
  const middle = random.int(length);
  return [Math.max(0, middle - half), Math.min(length, middle + half)];
}

/**
 * Mixes the images of a batch in pairs and in place: the first with the last, the second with the last but one, and so
 * on.
 * @param shape shape of the batch, [n, channels, height, width]
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

/** Blends two arrays of the same length with each other, in place. */
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
