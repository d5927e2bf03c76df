import type { Random } from "@supernet/base";
import type { Region } from "./image.js";

/** How the images of a batch are mixed in pairs. */
export type MixSettings =
  /** Pixel by pixel, by a weight of Beta(alpha, alpha). Zhang et al., "mixup", 2018. */
  | { readonly kind: "mixup"; readonly alpha: number }
  /** By a box whose size is drawn from Beta(alpha, alpha). Yun et al., "CutMix", 2019. */
  | { readonly kind: "cutmix"; readonly alpha: number }
  /** Each batch by one of them. */
  | {
      readonly kind: "mixup-or-cutmix";
      readonly mixupAlpha: number;
      readonly cutmixAlpha: number;
      readonly cutmixProbability: number;
    };

/** What is drawn for one batch. */
export interface Mix {
  /** The share of each image that is its own, 0 to 1. */
  readonly weight: number;
  /** The part that comes from the other image; without it all pixels are blended by the weight. */
  readonly box?: Region;
}

/** Draws how a batch of images of this size is mixed. */
export function drawMix(settings: MixSettings, height: number, width: number, random: Random): Mix {
  switch (settings.kind) {
    case "mixup":
      return { weight: random.beta(settings.alpha, settings.alpha) };
    case "cutmix":
      return drawBox(settings.alpha, height, width, random);
    case "mixup-or-cutmix": {
      const { mixupAlpha, cutmixAlpha, cutmixProbability } = settings;
      return random.uniform() < cutmixProbability
        ? drawBox(cutmixAlpha, height, width, random)
        : { weight: random.beta(mixupAlpha, mixupAlpha) };
    }
  }
}

/** A box of the image's shape about a random pixel. Of it counts, for the weight too, what lies within the image. */
function drawBox(alpha: number, height: number, width: number, random: Random): Mix {
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
 * Mixes, in place, the first image of [n, channels, height, width] with the last, the second with the last but one,
 * and so on, each of a pair as the other.
 */
export function mixPairs(
  batch: Float32Array,
  [n, channels, height, width]: readonly [number, number, number, number],
  { weight, box }: Mix,
): void {
  const size = channels * height * width;
  for (let i = 0; i < n >> 1; i++) {
    const [one, other] = [i * size, (n - 1 - i) * size];
    if (!box) {
      blend(batch, one, other, size, weight);
      continue;
    }
    for (let channel = 0; channel < channels; channel++) {
      for (let y = box.top; y < box.top + box.height; y++) {
        const start = (channel * height + y) * width + box.left;
        exchange(batch, one + start, other + start, box.width);
      }
    }
  }
}

function blend(data: Float32Array, one: number, other: number, length: number, weight: number): void {
  const rest = 1 - weight;
  for (let i = 0; i < length; i++) {
    const a = data[one + i]!;
    const b = data[other + i]!;
    data[one + i] = weight * a + rest * b;
    data[other + i] = weight * b + rest * a;
  }
}

function exchange(data: Float32Array, one: number, other: number, length: number): void {
  for (let i = 0; i < length; i++) {
    const a = data[one + i]!;
    data[one + i] = data[other + i]!;
    data[other + i] = a;
  }
}
