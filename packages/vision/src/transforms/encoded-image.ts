import { closeSync } from "node:fs";
import { openForReading, readBytes, requireString, UserError } from "@supernet/base";
import { loadSharp } from "../load-sharp.js";
import { native, REFUSED } from "../native.js";
import { fromGray, type Image, requireImage } from "./image.js";
import { requirePixels } from "./pixel-limit.js";
import { allocateResult, type Resizing, resize, resizingRequest } from "./resize.js";

/** Image that is decoded on demand, and only as far as necessary. */
export interface EncodedImage {
  readonly width: number;
  readonly height: number;
  /** Size in memory, in bytes. */
  readonly bytes: number;
  /** Decodes the entire image. @throws UserError naming the file if it is damaged */
  decode(): Image | Promise<Image>;
  /** Decodes only the necessary part, and resizes it. @throws UserError naming the file if it is damaged */
  decodeResized(how: Resizing): Image | Promise<Image>;
}

/** Wraps a decoded image. */
export function wrapImage(image: Image): EncodedImage {
  requireImage("wrapImage: image", image);
  return {
    width: image.width,
    height: image.height,
    bytes: image.data.length,
    decode: () => image,
    decodeResized: (how) => resize(image, how),
  };
}

/**
 * Opens an image file of any format that sharp reads. Ignores the EXIF orientation, as annotation files do.
 *
 * @example
 * const image = await openEncodedImage("photo.jpg");
 * const small = await image.decodeResized({ width: 224, height: 224, interpolation: "bilinear" });
 * @throws UserError naming the file if it is missing, truncated or not an image
 */
export async function openEncodedImage(file: string): Promise<EncodedImage> {
  requireString("openEncodedImage: file", file);
  const bytes = readBytes(file, "read image");
  const size = native.jpegSize(bytes);
  if (!size) return wrapImage(await decodeByLibvips(bytes, file));
  const [width, height] = size;
  requirePixels(file, { width, height });
  return {
    width,
    height,
    bytes: bytes.length,
    decode() {
      const data = withRefusal(file, () => native.decodeJpeg(bytes));
      return data ? { width, height, data } : decodeByLibvips(bytes, file);
    },
    decodeResized(how) {
      const result = allocateResult(how);
      const request = resizingRequest({ width, height }, how);
      const intact = withRefusal(file, () => native.resampleJpeg(bytes, request, result.data));
      return intact ? result : decodeByLibvips(bytes, file).then((image) => resize(image, how));
    },
  };
}

/**
 * Reads the size of an image file in pixels. Only the header is read, so damage after it is not noticed. Ignores the
 * EXIF orientation, as `openEncodedImage` does.
 *
 * @example
 * const { width, height } = await readImageSize("photo.jpg");
 * @throws UserError naming the file if it is missing or not an image
 */
export async function readImageSize(file: string): Promise<Pick<Image, "width" | "height">> {
  requireString("readImageSize: file", file);
  closeSync(openForReading(file, "read image"));
  const sharp = await loadSharp();
  try {
    const { width, height } = await sharp(file, { failOn: "error", limitInputPixels: false }).metadata();
    requirePixels(file, { width, height });
    return { width, height };
  } catch (error) {
    throw refusal(file, error);
  }
}

/** Decodes any kind of image with libvips, which also determines whether a file is damaged. */
async function decodeByLibvips(bytes: Uint8Array, file: string): Promise<Image> {
  const sharp = await loadSharp();
  try {
    const options = { failOn: "error", limitInputPixels: false } as const;
    requirePixels(file, await sharp(bytes, options).metadata());
    const { data, info } = await sharp(bytes, options)
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return channels === 3 ? { width, height, data } : fromGray(data, width, height);
  } catch (error) {
    throw refusal(file, error);
  }
}

function withRefusal<T>(file: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === REFUSED ? refusal(file, error) : error;
  }
}

const refusal = (file: string, error: unknown): UserError =>
  error instanceof UserError
    ? error
    : new UserError(
        `${file} is damaged or not an image (${(error as Error).message.split("\n")[0]}): replace or remove it`,
        { cause: error },
      );
