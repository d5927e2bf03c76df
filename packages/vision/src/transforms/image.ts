import { statSync } from "node:fs";
import { UserError } from "@supernet/torch/errors";
import { fileError } from "@supernet/torch/files";
import sharp from "sharp";

/** Red, green and blue bytes, row by row. */
export interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A part of an image, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

// Loaders have threads of their own; libvips' would only compete with them.
sharp.concurrency(1);

/**
 * Reads a picture as stored, without turning it by its EXIF orientation, as annotations are made.
 * @throws UserError naming the file where it is missing, cut off or no picture
 */
export async function readImage(file: string): Promise<Image> {
  try {
    statSync(file);
  } catch (error) {
    throw fileError("read image", file, error);
  }
  try {
    const { data, info } = await sharp(file, { failOn: "error" })
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return channels === 3 ? { width, height, data } : fromGrey(data, width, height);
  } catch (error) {
    throw new UserError(
      `${file} is damaged or no picture (${(error as Error).message.split("\n")[0]}): replace or remove it`,
      { cause: error },
    );
  }
}

/** A grey image as three equal channels. */
export function fromGrey(grey: Uint8Array, width: number, height: number): Image {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) data.fill(grey[i]!, 3 * i, 3 * i + 3);
  return { width, height, data };
}

/** How an image is resampled. */
export type Interpolation = "bilinear" | "bicubic";

/** libvips' names: Keys' cubic (a = -0.5) and the triangle; when shrinking, both widen with the scale. */
const KERNELS = { bilinear: "linear", bicubic: "cubic" } as const satisfies Record<Interpolation, string>;

/** A region (the whole unless told) at another size. */
export async function resize(
  image: Image,
  width: number,
  height: number,
  interpolation: Interpolation,
  region?: Region,
): Promise<Image> {
  if (!region && image.width === width && image.height === height) return image;
  const { data, width: w, height: h } = image;
  const source = sharp(data, { raw: { width: w, height: h, channels: 3 } });
  const part = region ? source.extract(region) : source;
  const kernel = KERNELS[interpolation];
  const resized = part.resize(width, height, { kernel, fit: "fill", fastShrinkOnLoad: false });
  return { width, height, data: await resized.raw().toBuffer() };
}

/** The middle of an image; what the image does not cover is black. `dx`, `dy` shift the content, in pixels. */
export function centre(image: Image, width: number, height: number, dx = 0, dy = 0): Image {
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

/** Left and right exchanged. */
export function mirror({ width, height, data }: Image): Image {
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

/** Numbers a colour channel: what a network's input has as mean and deviation, on the scale of 0 to 1. */
export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * Writes an image into a batch of [n, 3, height, width] as (value / 255 - mean) / std, at the top left of its
 * place; what it does not cover stays as it was.
 */
export function writeNormalized(
  image: Image,
  { mean, std }: Normalization,
  batch: Float32Array,
  place: number,
  height: number,
  width: number,
): void {
  for (let c = 0; c < 3; c++) {
    const scale = 1 / (255 * std[c]!);
    const offset = mean[c]! / std[c]!;
    const start = (place * 3 + c) * height * width;
    for (let y = 0; y < image.height; y++) {
      const row = start + y * width;
      const source = y * image.width * 3 + c;
      for (let x = 0; x < image.width; x++) batch[row + x] = image.data[source + 3 * x]! * scale - offset;
    }
  }
}
