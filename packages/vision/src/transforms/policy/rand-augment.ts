import type { Random } from "@supernet/base";
import type { Image } from "../image.js";
import type { Canvas } from "./affine.js";
import { type OperationName, operate } from "./operations.js";
import { aboutOne, either, none, upTo, type Value, type Values } from "./values.js";

/**
 * RandAugment (Cubuk et al., 2020) in the form in which the field trains transformers: what timm calls
 * rand-m9-mstd0.5-inc1 is operations 2, probability 0.5, magnitude 9, magnitudeStd 0.5 and increasing true.
 */
export interface RandAugment {
  /** Operations drawn for an image, one after another; one may come again. */
  readonly operations: number;
  /** Of a drawn operation being applied. */
  readonly probability: number;
  /** Strength, from 0 to 10. */
  readonly magnitude: number;
  /** Deviation of the normal distribution about `magnitude` that each strength is drawn from; 0 = always the same. */
  readonly magnitudeStd: number;
  /**
   * Whether all operations change an image more the greater the magnitude. Otherwise posterize and solarize change it
   * less, and factors go from 0.1 to 1.9 instead of from 1 either way.
   */
  readonly increasing: boolean;
}

const ALIKE = {
  autoContrast: none,
  equalize: none,
  invert: none,
  rotate: upTo(30),
  solarizeAdd: (part) => Math.floor(110 * part),
  shearX: upTo(0.3),
  shearY: upTo(0.3),
  translateX: (part, random, { width }) => either(0.45 * part, random) * width,
  translateY: (part, random, { height }) => either(0.45 * part, random) * height,
} as const satisfies Partial<Values>;

const factor: Value = (part) => 0.1 + 1.8 * part;

const FIRST: Values = {
  ...ALIKE,
  posterize: (part) => Math.floor(4 * part),
  solarize: (part) => Math.floor(256 * part),
  brightness: factor,
  color: factor,
  contrast: factor,
  sharpness: factor,
};

const INCREASING: Values = {
  ...ALIKE,
  posterize: (part) => 4 - Math.floor(4 * part),
  solarize: (part) => 256 - Math.floor(256 * part),
  brightness: aboutOne,
  color: aboutOne,
  contrast: aboutOne,
  sharpness: aboutOne,
};

const NAMES = Object.keys(INCREASING) as OperationName[];

/** An image after the operations that are drawn for it. */
export function randAugment(image: Image, settings: RandAugment, canvas: Canvas, random: Random): Image {
  let result = image;
  for (let i = 0; i < settings.operations; i++) {
    const drawn = drawOperation(image, settings, random);
    if (drawn) result = operate(result, drawn.name, drawn.value, canvas);
  }
  return result;
}

/** One operation with its value; undefined where it is not to be applied. */
export function drawOperation(
  image: Pick<Image, "width" | "height">,
  { probability, magnitude, magnitudeStd, increasing }: RandAugment,
  random: Random,
): { readonly name: OperationName; readonly value: number } | undefined {
  const name = random.pick(NAMES);
  if (random.uniform() >= probability) return undefined;
  const strength = Math.max(0, Math.min(10, magnitude + magnitudeStd * random.normal()));
  return { name, value: (increasing ? INCREASING : FIRST)[name](strength / 10, random, image) };
}
