import type { Random } from "@supernet/base";
import type { Image } from "../image.js";
import type { RandAugment } from "../settings.js";
import type { Canvas } from "./affine.js";
import {
  applyOperation,
  type ChosenOperation,
  factorAroundOne,
  type OperationName,
  randomSign,
  signedUpTo,
  type Value,
  type Values,
  zero,
} from "./operations.js";

const SHARED = {
  autoContrast: zero,
  equalize: zero,
  invert: zero,
  rotate: signedUpTo(30),
  solarizeAdd: (part) => Math.floor(110 * part),
  shearX: signedUpTo(0.3),
  shearY: signedUpTo(0.3),
  translateX: (part, random, { width }) => randomSign(0.45 * part, random) * width,
  translateY: (part, random, { height }) => randomSign(0.45 * part, random) * height,
} as const satisfies Partial<Values>;

const factor: Value = (part) => 0.1 + 1.8 * part;

const ORIGINAL: Values = {
  ...SHARED,
  posterize: (part) => Math.floor(4 * part),
  solarize: (part) => Math.floor(256 * part),
  brightness: factor,
  color: factor,
  contrast: factor,
  sharpness: factor,
};

const INCREASING: Values = {
  ...SHARED,
  posterize: (part) => 4 - Math.floor(4 * part),
  solarize: (part) => 256 - Math.floor(256 * part),
  brightness: factorAroundOne,
  color: factorAroundOne,
  contrast: factorAroundOne,
  sharpness: factorAroundOne,
};

const NAMES = Object.keys(INCREASING) as OperationName[];

/** Samples operations, and applies them to an image. */
export function randAugment(image: Image, settings: RandAugment, canvas: Canvas, random: Random): Image {
  let result = image;
  for (let i = 0; i < settings.operations; i++) {
    const operation = drawOperation(image, settings, random);
    if (operation) result = applyOperation(result, operation, canvas);
  }
  return result;
}

/** Samples one operation and its value. Returns undefined if it is not applied. */
export function drawOperation(
  image: Pick<Image, "width" | "height">,
  { probability, magnitude, magnitudeStd, increasing }: RandAugment,
  random: Random,
): ChosenOperation | undefined {
  const name = random.pick(NAMES);
  if (random.uniform() >= probability) return undefined;
  const strength = Math.max(0, Math.min(10, magnitude + magnitudeStd * random.normal()));
  return { name, value: (increasing ? INCREASING : ORIGINAL)[name](strength / 10, random, image) };
}
