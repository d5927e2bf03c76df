import { count, parseOptions, requireInstance, requireInteger, requireObject } from "@supernet/base";
import { z } from "zod";

/** Decoded image. */
export interface Image {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue bytes, row by row: [height, width, 3]. */
  readonly data: Uint8Array;
}

/** Checks that a value is a decoded image. @throws TypeError if not */
export function requireImage(name: string, image: Image): void {
  requireInstance(`${name}.data`, image?.data, Uint8Array);
}

/** Region of an image, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Returns the region that covers an image of this size. */
export function wholeRegion(size: Pick<Image, "width" | "height">): Region {
  requireObject("wholeRegion: size", size);
  return { left: 0, top: 0, width: size.width, height: size.height };
}

/** Converts a gray image to three equal channels. */
export function fromGray(gray: Uint8Array, width: number, height: number): Image {
  requireInstance("fromGray: gray", gray, Uint8Array);
  requireInteger("fromGray: width", width, { min: 1 });
  requireInteger("fromGray: height", height, { min: 1 });
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.fill(gray[i]!, 3 * i, 3 * i + 3);
  return { width, height, data };
}

/** Size of a center crop, and shift of the image before it is cropped. */
const centerCropSchema = z.strictObject({
  width: count,
  height: count,
  /** Shift to the right, in pixels. Default: 0. */
  dx: z.int().default(0),
  /** Shift down, in pixels. Default: 0. */
  dy: z.int().default(0),
});

/** Options of {@link centerCrop}. */
export type CenterCrop = Readonly<z.input<typeof centerCropSchema>>;

/**
 * Crops the center of an image. Pixels that the image does not cover are black.
 *
 * @example
 * const square = centerCrop(image, { width: 224, height: 224 });
 */
export function centerCrop(image: Image, crop: CenterCrop): Image {
  requireImage("centerCrop: image", image);
  const { width, height, dx, dy } = parseOptions("centerCrop", centerCropSchema, crop);
  const left = Math.round((width - image.width) / 2) + dx;
  const top = Math.round((height - image.height) / 2) + dy;
  if (left === 0 && top === 0 && image.width === width && image.height === height) return image;
  const data = new Uint8Array(width * height * 3);
  const [from, to] = [Math.max(0, left), Math.min(width, left + image.width)];
  for (let y = Math.max(0, top); y < Math.min(height, top + image.height) && to > from; y++) {
    const source = ((y - top) * image.width + from - left) * 3;
    data.set(image.data.subarray(source, source + (to - from) * 3), (y * width + from) * 3);
  }
  return { width, height, data };
}

/** Flips an image horizontally. */
export function flipHorizontal(image: Image): Image {
  requireImage("flipHorizontal: image", image);
  const { width, height, data } = image;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = (y * width + width - 1 - x) * 3;
      out[to] = data[from]!;
      out[to + 1] = data[from + 1]!;
      out[to + 2] = data[from + 2]!;
    }
  }
  return { width, height, data: out };
}
