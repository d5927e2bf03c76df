import { type Random, requireNumber, requireOneOf } from "@supernet/base";
import { checkSettings } from "../check-settings.js";
import { type Image, requireImage } from "../image.js";
import { type Canvas, canvasSchema, rotate, shearX, shearY, translateX, translateY } from "./affine.js";
import { brightness, color, contrast, sharpness } from "./enhance.js";
import { autoContrast, equalize, invert, posterize, solarize, solarizeAdd } from "./lookup.js";

type Operation = (image: Image, value: number, canvas: Canvas) => Image;

/**
 * Operations that policies select from, by their names in the papers. The meaning of the value depends on the
 * operation: a slope, pixels, degrees, a factor, bits or a threshold. Some operations ignore it.
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

/** Name of an operation. */
export type OperationName = keyof typeof OPERATIONS;

const NAMES = Object.keys(OPERATIONS) as OperationName[];

/** Operation and its value. The meaning of the value depends on the operation. */
export interface ChosenOperation {
  readonly name: OperationName;
  readonly value: number;
}

/**
 * Applies one operation to an image.
 *
 * @example
 * const canvas = { interpolation: "bicubic", fill: [124, 116, 104] } as const;
 * const rotated = applyOperation(image, { name: "rotate", value: 30 }, canvas);
 */
export function applyOperation(image: Image, operation: ChosenOperation, canvas: Canvas): Image {
  requireImage("applyOperation: image", image);
  requireOneOf("applyOperation: operation.name", operation?.name, NAMES);
  requireNumber("applyOperation: operation.value", operation.value);
  checkSettings("applyOperation: canvas", canvasSchema, canvas);
  return (OPERATIONS[operation.name] as Operation)(image, operation.value, canvas);
}

/**
 * Computes an operation's value from its strength, 0 to 1. The sign may be random, and distances in pixels depend on
 * the image's size.
 */
export type Value = (strength: number, random: Random, image: Pick<Image, "width" | "height">) => number;

export type Values = Readonly<Record<OperationName, Value>>;

/** Returns the value or its negative, with equal probability. */
export const randomSign = (value: number, random: Random): number =>
  random.uniform() < 0.5 ? -value : value;

/** Creates a value of random sign and at most `max`. */
export const signedUpTo =
  (max: number): Value =>
  (strength, random) =>
    randomSign(strength * max, random);

/** Factor of up to 0.9 above or below 1. Factor 1 does not change the image. */
export const factorAroundOne: Value = (strength, random) => 1 + randomSign(0.9 * strength, random);

/** Value of operations that ignore it. */
export const zero: Value = () => 0;
