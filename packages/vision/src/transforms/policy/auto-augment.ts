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

/** An image is moved by at most 150 pixels of 331, the size that the paper searched at; whole ones. */
const moved = (side: number, part: number, random: Random): number =>
  randomSign(Math.trunc((150 / 331) * side * part), random);

/** The value of each operation, of whose 10 magnitudes the first is 0 and the last 1. */
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
  translateX: (part, random, { width }) => moved(width, part, random),
  translateY: (part, random, { height }) => moved(height, part, random),
};

/** An image after the pair of operations that is drawn for it, of which either may be left out. */
export function autoAugment(image: Image, { learnedOn }: AutoAugment, canvas: Canvas, random: Random): Image {
  let result = image;
  for (const [name, probability, magnitude = 0] of random.pick<readonly Learned[]>(
    LEARNED_POLICIES[learnedOn],
  )) {
    if (random.uniform() >= probability) continue;
    result = applyOperation(result, name, LEARNED_VALUES[name](magnitude / 9, random, image), canvas);
  }
  return result;
}
