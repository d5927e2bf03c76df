import { UserError } from "@supernet/base/checks";
import type { Size } from "./image.js";

/** How the images of a detector are resized, and padded at the right and the bottom. */
export interface DetectorResize {
  /** Maximum of the shorter side, in pixels. */
  readonly short: number;
  /** Maximum of the longer side, in pixels. */
  readonly long: number;
  /** Sides of an input are multiples of this. */
  readonly padTo: number;
  readonly interpolation: "bilinear" | "bicubic";
}

/** Maximum number of pixels of an input. Larger ones are mistakes: they need gigabytes of memory. */
const MAX_PIXELS = 2 ** 26;

/**
 * Computes the size of a detector's input, and of the image in it.
 * @param fixed size of every input. Undefined if it is that of the resized image, rounded up to `padTo`.
 * @throws UserError if the input does not fit into memory
 */
export function placeImage(
  image: Size & { readonly name: string },
  resize: DetectorResize,
  fixed?: Size,
): { readonly size: Size; readonly canvas: Size } {
  const size = resizedSize(image, resize, fixed);
  const padded = (side: number) => Math.ceil(side / resize.padTo) * resize.padTo;
  const canvas = fixed ?? { height: padded(size.height), width: padded(size.width) };
  if (canvas.height * canvas.width > MAX_PIXELS) {
    throw new UserError(
      `${image.name} would be resized to ${canvas.width} x ${canvas.height} pixels, more than ${MAX_PIXELS}: ` +
        "check the sizes that the detector was trained with",
    );
  }
  return { size, canvas };
}

/** Returns the size within the limits that also fits into a fixed canvas. */
function resizedSize(image: Size, { short, long }: DetectorResize, fixed: Size | undefined): Size {
  const { width, height } = image;
  const fitted = Math.min(short / Math.min(width, height), long / Math.max(width, height));
  const size = scaledSize(image, fitted);
  if (!fixed || (size.height <= fixed.height && size.width <= fixed.width)) return size;
  return scaledSize(image, Math.min(fixed.height / height, fixed.width / width));
}

function scaledSize({ width, height }: Size, scale: number): Size {
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
}
