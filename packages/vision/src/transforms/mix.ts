import type { Random } from "@supernet/base";
import { checkOptionsOnce } from "../check-options.js";
import type { Image, Region } from "./image.js";
import { type MixSettings, mixSchema } from "./settings.js";

type Size = Pick<Image, "width" | "height">;

/** How one batch is mixed. */
export interface Mix {
  /** Weight of each image itself, 0 to 1. */
  readonly weight: number;
  /** Part that comes from the other image. Without it, all pixels are blended by the weight. */
  readonly box?: Region;
}

/** Draws how a batch of images of this size is mixed. */
export function drawMix(settings: MixSettings, size: Size, random: Random): Mix {
  checkOptionsOnce("drawMix: settings", mixSchema, settings);
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
  const [top, bottom] = span(height, side, random);
  const [left, right] = span(width, side, random);
  const box = { left, top, width: right - left, height: bottom - top };
  return { weight: 1 - (box.width * box.height) / (width * height), box };
}

function span(length: number, part: number, random: Random): readonly [number, number] {
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
  [n, channels, height, width]: readonly [number, number, number, number],
  { weight, box }: Mix,
): void {
  const size = channels * height * width;
  for (let i = 0; i < n >> 1; i++) {
    const [a, b] = [i * size, (n - 1 - i) * size];
    if (!box) {
      blend(batch, a, b, size, weight);
      continue;
    }
    for (let channel = 0; channel < channels; channel++) {
      for (let y = box.top; y < box.top + box.height; y++) {
        const start = (channel * height + y) * width + box.left;
        swap(batch, a + start, b + start, box.width);
      }
    }
  }
}

/** Blends `length` numbers from `a` on with as many from `b` on, each with the other. */
function blend(data: Float32Array, a: number, b: number, length: number, weight: number): void {
  const otherWeight = 1 - weight;
  for (let i = 0; i < length; i++) {
    const fromA = data[a + i]!;
    const fromB = data[b + i]!;
    data[a + i] = weight * fromA + otherWeight * fromB;
    data[b + i] = weight * fromB + otherWeight * fromA;
  }
}

/** Swaps `length` numbers from `a` on with as many from `b` on. */
function swap(data: Float32Array, a: number, b: number, length: number): void {
  for (let i = 0; i < length; i++) {
    const fromA = data[a + i]!;
    data[a + i] = data[b + i]!;
    data[b + i] = fromA;
  }
}
