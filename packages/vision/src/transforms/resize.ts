import { callable, parseOptions, requireInteger, requireNumber, requireObject } from "@supernet/base";
import { z } from "zod";
import { native } from "../native.js";
import { checkSettings } from "./check-settings.js";
import { type Image, type Region, requireImage, wholeRegion } from "./image.js";
import {
  type Interpolation,
  interpolationSchema,
  regionSchema,
  type SizeLimits,
  sizeLimitsSchema,
} from "./settings.js";

/** Does not check that the regions are in the image, because the native code does. */
const resizingSchema = z.strictObject({
  width: z.int(),
  height: z.int(),
  interpolation: interpolationSchema,
  region: regionSchema.optional(),
  window: regionSchema.optional(),
  flipped: z.boolean().optional(),
  allocate: callable.optional(),
});

type Size = Pick<Image, "width" | "height">;

/** Options of {@link resize}. */
export interface Resizing {
  /** Width and height of the region after resizing, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly interpolation: Interpolation;
  /** Region of the image that is resized. Default: the entire image. */
  readonly region?: Region;
  /** Part of the resized region that is returned. Default: all of it. */
  readonly window?: Region;
  /** Whether the result is flipped horizontally. Default: false. */
  readonly flipped?: boolean;
  /** Allocates the result, which is fully overwritten. Default: new memory. */
  readonly allocate?: (bytes: number) => Uint8Array;
}

/** Checks the options of {@link resize}, and allocates the result. */
export function allocateResult(how: Resizing): Image {
  parseOptions("resize", resizingSchema, how);
  const { width, height, window, allocate } = how;
  const size = window ?? { width, height };
  const bytes = 3 * size.width * size.height;
  return { width: size.width, height: size.height, data: allocate ? allocate(bytes) : new Uint8Array(bytes) };
}

/** Encodes the options of {@link resize} for the native addon. */
export function resizingRequest(size: Size, how: Resizing): Int32Array {
  const {
    width,
    height,
    interpolation,
    region = wholeRegion(size),
    window = wholeRegion(how),
    flipped,
  } = how;
  return Int32Array.of(
    ...[region.left, region.top, region.width, region.height, width, height],
    ...[window.left, window.top, window.width, window.height],
    ...[interpolation === "bicubic" ? 1 : 0, flipped ? 1 : 0],
  );
}

/**
 * Crops and resizes an image with the same result as Pillow, byte for byte. The kernel is a triangle or Keys' cubic
 * (a = -0.5), and is widened to avoid aliasing if the image shrinks.
 *
 * @example
 * const half = resize(image, { width: image.width / 2, height: image.height / 2, interpolation: "bicubic" });
 */
export function resize(image: Image, how: Resizing): Image {
  requireImage("resize: image", image);
  const result = allocateResult(how);
  native.resample(image.data, image.width, image.height, resizingRequest(image, how), result.data);
  return result;
}

/** Computes the largest size within both limits that keeps the aspect ratio, in pixels. */
export function fittedSize(size: Size, limits: SizeLimits): { width: number; height: number } {
  requireObject("fittedSize: size", size);
  checkSettings("fittedSize", sizeLimitsSchema, limits);
  const { width, height } = size;
  const { short, long } = limits;
  const scale = Math.min(short / Math.min(width, height), long / Math.max(width, height));
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}

/** Rounds a side in pixels up to a multiple of `multiple`. */
export function paddedSide(pixels: number, multiple: number): number {
  requireNumber("paddedSide: pixels", pixels, { min: 0 });
  requireInteger("paddedSide: multiple", multiple, { min: 1 });
  return Math.ceil(pixels / multiple) * multiple;
}
