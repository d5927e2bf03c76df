import { type Random, requireNumber, requireOneOf } from "@supernet/base";
import { checkSettings } from "../check-settings.js";
import { type Image, requireImage } from "../image.js";
import { type Canvas, canvasSchema, rotate, shearX, shearY, translateX, translateY } from "./affine.js";
import { brightness, color, contrast, sharpness } from "./enhance.js";
import { autoContrast, equalize, invert, posterize, solarize, solarizeAdd } from "./lookup.js";

type Operation = (image: Image, value: number, canvas: Canvas) => Image;

/**
 * The operations that policies choose from, by their names in the papers. What the value means is the operation's
 * own: a slope, pixels, degrees, a factor, bits, a threshold; some take none.
 */
const OPERATIONS = {
  autoContrast,
  brightness,
  color,
  contrast,
  equalize,
  invert,
  posterize,
  rotate,
  sharpness,
  shearX,
  shearY,
  solarize,
  solarizeAdd,
  translateX,
  translateY,
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

const NAMES = Object.keys(OPERATIONS) as OperationName[];

/** An operation and its value. */
export interface ChosenOperation {
  readonly name: OperationName;
  readonly value: number;
}

/** Applies one operation to an image. */
export function applyOperation(image: Image, operation: ChosenOperation, canvas: Canvas): Image {
  requireImage("applyOperation: image", image);
  requireOneOf("applyOperation: operation.name", operation?.name, NAMES);
  requireNumber("applyOperation: operation.value", operation.value);
  checkSettings("applyOperation: canvas", canvasSchema, canvas);
  return (OPERATIONS[operation.name] as Operation)(image, operation.value, canvas);
}

/**
 * Computes an operation's value from its strength, a fraction from 0 to 1. The sign may be random, and distances in
 * pixels depend on the image's size.
 */
export type Value = (strength: number, random: Random, image: Pick<Image, "width" | "height">) => number;

export type Values = Readonly<Record<OperationName, Value>>;

/** Returns the value or its negative, with equal probability. */
export const randomSign = (value: number, random: Random): number =>
  random.uniform() < 0.5 ? -value : value;

/** Creates a value of random sign, of at most `max`. */
export const signedUpTo =
  (max: number): Value =>
  (strength, random) =>
    randomSign(strength * max, random);

/** A factor up to 0.9 above or below 1, at which nothing changes. */
export const factorAroundOne: Value = (strength, random) => 1 + randomSign(0.9 * strength, random);

/** The value of operations that take none. */
export const zero: Value = () => 0;
