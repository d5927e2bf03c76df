import { closeSync, openSync, readSync } from "node:fs";
import { fileError, UserError } from "@supernet/base";
import type { EncodedImage } from "../transforms/encoded-image.js";
import { wholeRegion } from "../transforms/image.js";
import { resize } from "../transforms/resize.js";
import { type DecodedImageCache, heightIn, widthIn } from "./format.js";

/** Number of extra bytes in the buffer. Without them, resampling would copy the pixels. */
const PADDING = 16;

/** Returns the image at an index. */
export type CachedImages = ((index: number) => EncodedImage) & Disposable;

/** Opens the images of a cache. Decoding an image reads only the rows that are needed. */
export function openCachedImages(cache: DecodedImageCache): CachedImages {
  let file: number | undefined;
  let buffer = new Uint8Array();
  const read = (target: Uint8Array, position: number): void => {
    try {
      file ??= openSync(cache.file, "r");
      for (let done = 0; done < target.length; ) {
        const count = readSync(file, target, done, target.length - done, position + done);
        if (count === 0)
          throw new UserError(`${cache.file} was truncated while in use: run the command again`);
        done += count;
      }
    } catch (error) {
      throw fileError("read", cache.file, error);
    }
  };
  const openImage = (index: number): EncodedImage => {
    const [width, height] = [widthIn(cache, index), heightIn(cache, index)];
    const offset = cache.offsets[index]!;
    return {
      width,
      height,
      bytes: 0, // no pixels are kept in memory
      decode() {
        const data = new Uint8Array(3 * width * height);
        read(data, offset);
        return { width, height, data };
      },
      decodeResized(how) {
        const region = how.region ?? wholeRegion({ width, height });
        const bytes = 3 * width * region.height;
        if (buffer.length < bytes + PADDING) buffer = new Uint8Array(bytes + PADDING);
        read(buffer.subarray(0, bytes), offset + 3 * width * region.top);
        return resize(
          { width, height: region.height, data: buffer },
          { ...how, region: { ...region, top: 0 } },
        );
      },
    };
  };
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return Object.assign(openImage, { [Symbol.dispose]: close });
}
