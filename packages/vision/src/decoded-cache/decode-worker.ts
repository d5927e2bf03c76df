// Runs on a loader's thread: decodes images for a cache.
import type { Handler } from "@supernet/torch/data";
import { native } from "../native.js";
import { openEncodedImage } from "../transforms/encoded-image.js";
import type { DecodedImageEntry } from "./format.js";

export interface DecodedPixels extends DecodedImageEntry {
  readonly data: Uint8Array;
}

export default async function createHandler(): Promise<Handler<string, DecodedPixels>> {
  return async (file) => {
    const { width, height, data } = await (await openEncodedImage(file)).decode();
    return { width, height, checksum: native.checksum(data), data: new Uint8Array(data) };
  };
}
