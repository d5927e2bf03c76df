import { closeSync, openSync, readSync } from "node:fs";
import { fileError, UserError } from "@supernet/base";
import { whole } from "../transforms/image.js";
import type { Picture } from "../transforms/picture.js";
import { resize } from "../transforms/resize.js";
import { heightIn, type Pack, widthIn } from "./format.js";

/** Bytes that spare the resampling a copy. */
const SPARE = 16;

/** Opens the image at a place. */
export type PackedPictures = ((index: number) => Picture) & Disposable;

/** Opens a pack's images, each read when it is asked for, and no more rows than that takes. */
export function packedPictures(pack: Pack): PackedPictures {
  let file: number | undefined;
  let room = new Uint8Array();
  const read = (target: Uint8Array, position: number): void => {
    try {
      file ??= openSync(pack.file, "r");
      for (let done = 0; done < target.length; ) {
        const count = readSync(file, target, done, target.length - done, position + done);
        if (count === 0) throw new UserError(`${pack.file} was cut off while it was used: run again`);
        done += count;
      }
    } catch (error) {
      throw fileError("read", pack.file, error);
    }
  };
  const open = (index: number): Picture => {
    const [width, height] = [widthIn(pack, index), heightIn(pack, index)];
    const offset = pack.offsets[index]!;
    return {
      width,
      height,
      bytes: 0, // nothing of it stays
      image() {
        const data = new Uint8Array(3 * width * height);
        read(data, offset);
        return { width, height, data };
      },
      resized(how) {
        const region = how.region ?? whole({ width, height });
        const bytes = 3 * width * region.height;
        if (room.length < bytes + SPARE) room = new Uint8Array(bytes + SPARE);
        read(room.subarray(0, bytes), offset + 3 * width * region.top);
        return resize(
          { width, height: region.height, data: room },
          { ...how, region: { ...region, top: 0 } },
        );
      },
    };
  };
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return Object.assign(open, { [Symbol.dispose]: close });
}
