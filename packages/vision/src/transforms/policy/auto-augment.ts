import type { Random } from "@supernet/base";
import type { Image } from "../image.js";
import type { AutoAugment } from "../settings.js";
import type { Canvas } from "./affine.js";
import { LEARNED_POLICIES, type Learned } from "./learned-policies.js";
import {
  applyOperation,
  factorAroundOne,
  type OperationName,
  randomSign,
  signedUpTo,
  type Value,
  zero,
} from "./operations.js";

/** Returns a truncated shift of random sign. The maximum is 150 of 331 pixels, the image size in the paper. */
const sampleShift = (side: number, part: number, random: Random): number =>
  randomSign(Math.trunc((150 / 331) * side * part), random);

/** Value of each operation. The first of its 10 magnitudes has strength 0, and the last has strength 1. */
export const LEARNED_VALUES: Readonly<Record<Exclude<OperationName, "solarizeAdd">, Value>> = {
  autoContrast: zero,
  brightness: factorAroundOne,
  color: factorAroundOne,
  contrast: factorAroundOne,
  equalize: zero,
  invert: zero,
  posterize: (part) => 8 - Math.round(4 * part),
  rotate: signedUpTo(30),
  sharpness: factorAroundOne,
  shearX: signedUpTo(0.3),
  shearY: signedUpTo(0.3),
  solarize: (part) => 255 - 255 * part,
  translateX: (part, random, { width }) => sampleShift(width, part, random),
  translateY: (part, random, { height }) => sampleShift(height, part, random),
};

/** Applies a random pair of operations to an image. Each of the two is applied with its own probability. */
export function autoAugment(image: Image, { learnedOn }: AutoAugment, canvas: Canvas, random: Random): Image {
  let result = image;
  for (const [name, probability, magnitude = 0] of random.pick<readonly Learned[]>(
    LEARNED_POLICIES[learnedOn],
  )) {
    if (random.uniform() >= probability) continue;
    const value = LEARNED_VALUES[name](magnitude / 9, random, image);
    result = applyOperation(result, { name, value }, canvas);
  }
  return result;
}
