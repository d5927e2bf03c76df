// Runs on a loader's thread: decodes the images that are packed.
import type { Handler } from "@supernet/torch/data";
import { native } from "../transforms/native.js";
import { openPicture } from "../transforms/picture.js";
import type { PackedEntry } from "./format.js";

export interface PackedPixels extends PackedEntry {
  readonly data: Uint8Array;
}

export default async function createHandler(): Promise<Handler<string, PackedPixels>> {
  return async (file) => {
    const { width, height, data } = await (await openPicture(file)).image();
    return { width, height, checksum: native.checksum(data), data: new Uint8Array(data) };
  };
}
