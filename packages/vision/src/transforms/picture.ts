import { readFileSync } from "node:fs";
import { fileError, UserError } from "@supernet/base";
import sharp from "sharp";
import { fromGrey, type Image } from "./image.js";
import { native, REFUSED } from "./native.js";
import { blank, type Resizing, resize, resizingRequest } from "./resize.js";

// Loaders have threads of their own; libvips' would only compete with them.
sharp.concurrency(1);
sharp.cache(false);

/** A picture of which no more is decoded than is asked for. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** That it takes in memory. */
  readonly bytes: number;
  /** All of it. @throws UserError naming the file where it is damaged */
  image(): Image | Promise<Image>;
  /** @throws UserError naming the file where it is damaged */
  resized(how: Resizing): Image | Promise<Image>;
}

/** A picture whose pixels are there. */
export const pictureOf = (image: Image): Picture => ({
  width: image.width,
  height: image.height,
  bytes: image.data.length,
  image: () => image,
  resized: (how) => resize(image, how),
});

/**
 * Opens a picture as stored, without turning it by its EXIF orientation, as annotations are made.
 * @throws UserError naming the file where it is missing, cut off or no picture
 */
export async function openPicture(file: string): Promise<Picture> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw fileError("read image", file, error);
  }
  const size = native.jpegSize(bytes);
  if (!size) return pictureOf(await decode(bytes, file));
  const [width, height] = size;
  return {
    width,
    height,
    bytes: bytes.length,
    image() {
      const data = refusing(file, () => native.decodeJpeg(bytes));
      return data ? { width, height, data } : decode(bytes, file);
    },
    resized(how) {
      const result = blank(how);
      const request = resizingRequest({ width, height }, how);
      const whole = refusing(file, () => native.resampleJpeg(bytes, request, result.data));
      return whole ? result : decode(bytes, file).then((image) => resize(image, how));
    },
  };
}

/** Any kind of picture, by libvips, which also judges what is damaged. */
async function decode(bytes: Uint8Array, file: string): Promise<Image> {
  try {
    const { data, info } = await sharp(bytes, { failOn: "error" })
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return channels === 3 ? { width, height, data } : fromGrey(data, width, height);
  } catch (error) {
    throw refusal(file, error);
  }
}

function refusing<T>(file: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === REFUSED ? refusal(file, error) : error;
  }
}

const refusal = (file: string, error: unknown): UserError =>
  new UserError(
    `${file} is damaged or no picture (${(error as Error).message.split("\n")[0]}): replace or remove it`,
    { cause: error },
  );
