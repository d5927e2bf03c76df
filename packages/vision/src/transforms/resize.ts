import { type Image, type Interpolation, type Region, whole } from "./image.js";
import { native } from "./native.js";

/** A part of an image at another size, and what is kept of that. */
export interface Resizing {
  /** Of the region once resized, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly interpolation: Interpolation;
  /** What is resized; the whole image unless told. */
  readonly region?: Region;
  /** The part of the resized region that is made; all of it unless told. */
  readonly window?: Region;
  /** Left and right exchanged at last. */
  readonly mirrored?: boolean;
  /** Makes room for the result, all of which is written; new memory unless told. */
  readonly room?: (bytes: number) => Uint8Array;
}

/** The image that comes out, not yet written. */
export function blank({ width, height, window, room }: Resizing): Image {
  const size = window ?? { width, height };
  const bytes = 3 * size.width * size.height;
  return { width: size.width, height: size.height, data: room ? room(bytes) : new Uint8Array(bytes) };
}

/** As the addon takes it. */
export function resizingRequest(
  size: { readonly width: number; readonly height: number },
  how: Resizing,
): Int32Array {
  const { width, height, interpolation, region = whole(size), window = whole(how), mirrored } = how;
  return Int32Array.of(
    ...[region.left, region.top, region.width, region.height, width, height],
    ...[window.left, window.top, window.width, window.height],
    ...[interpolation === "bicubic" ? 1 : 0, mirrored ? 1 : 0],
  );
}

/**
 * Resamples an image as Pillow does, to the last grey level: with Keys' cubic (a = -0.5) or the triangle, which widen
 * with the scale when shrinking.
 */
export function resize(image: Image, how: Resizing): Image {
  const result = blank(how);
  native.resample(image.data, image.width, image.height, resizingRequest(image, how), result.data);
  return result;
}
