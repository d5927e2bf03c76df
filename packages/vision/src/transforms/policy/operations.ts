import type { Image } from "../image.js";
import { type Canvas, rotate, shearX, shearY, translateX, translateY } from "./affine.js";
import { brightness, color, contrast, sharpness } from "./enhance.js";
import { autoContrast, equalize, invert, posterize, solarize, solarizeAdd } from "./lookup.js";

type Operate = (image: Image, value: number, canvas: Canvas) => Image;

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
} as const satisfies Readonly<Record<string, Operate>>;

export type OperationName = keyof typeof OPERATIONS;

/** An image under one operation. */
export const operate = (image: Image, name: OperationName, value: number, canvas: Canvas): Image =>
  (OPERATIONS[name] as Operate)(image, value, canvas);
