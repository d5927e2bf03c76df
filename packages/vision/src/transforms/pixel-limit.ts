import { UserError } from "@supernet/base";

/** Default of SUPERNET_MAX_IMAGE_PIXELS: Pillow's limit for a decompression bomb. */
const DEFAULT = 178_956_970;

/**
 * Returns the maximum number of pixels of an image, so that a small file cannot exhaust the memory. The environment
 * variable SUPERNET_MAX_IMAGE_PIXELS changes it.
 * @throws UserError if the variable is not a positive integer
 */
export function maxImagePixels({ SUPERNET_MAX_IMAGE_PIXELS: text }: NodeJS.ProcessEnv = process.env): number {
  if (!text) return DEFAULT;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit > 0 && Number.isSafeInteger(limit)) return limit;
  throw new UserError(`SUPERNET_MAX_IMAGE_PIXELS=${text}: expected a number of pixels, such as ${DEFAULT}`);
}

/** @throws UserError naming the file if an image has more pixels than `maxImagePixels` */
export function requirePixels(file: string, { width, height }: { width: number; height: number }): void {
  const limit = maxImagePixels();
  if (width * height <= limit) return;
  throw new UserError(
    `${file} has ${width} x ${height} pixels, more than ${limit}: resize it, or raise SUPERNET_MAX_IMAGE_PIXELS`,
  );
}
