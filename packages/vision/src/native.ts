import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { UserError, withoutStack } from "@supernet/base";

/** Functions of the native addon. See native/addon.cpp. */
interface Native {
  /** Returns the width and height of a JPEG file, or undefined if the addon cannot decode it. */
  jpegSize(bytes: Uint8Array): [number, number] | undefined;
  /** Returns undefined if the file is damaged. @throws an error with code `REFUSED` if no decoder may decode it */
  decodeJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined;
  /** Writes `out`. Returns false if the file is damaged. Throws like `decodeJpeg`. */
  resampleJpeg(bytes: Uint8Array, request: Int32Array, out: Uint8Array): boolean;
  resample(data: Uint8Array, width: number, height: number, request: Int32Array, out: Uint8Array): void;
  /** Computes a 32-bit checksum. */
  checksum(bytes: Uint8Array): number;
  /** Tries to lock a file until it is closed. Returns undefined if the file system does not support locks. */
  lock(file: number): boolean | undefined;
  /** Changes brightness (0), contrast (1), saturation (2) or hue (3) in place. */
  jitter(data: Uint8Array, which: number, amount: number): void;
  normalize(
    data: Uint8Array,
    width: number,
    height: number,
    flipped: boolean,
    table: Float32Array,
    batch: Float32Array,
    start: number,
    plane: number,
    row: number,
  ): void;
}

export const REFUSED = "ERR_REFUSED";

function load(): Native {
  const inPackage = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
  const addon = inPackage("build/image.node");
  const build = `node ${inPackage("native/build.mjs")}`;
  if (!existsSync(addon)) {
    throw withoutStack(
      new UserError(`the image decoder is not built: run ${build} (it needs g++: apt-get install g++)`),
    );
  }
  try {
    return createRequire(import.meta.url)(addon) as Native;
  } catch (error) {
    throw withoutStack(
      new UserError(`the image decoder cannot be loaded (${(error as Error).message}): run ${build}`, {
        cause: error,
      }),
    );
  }
}

export const native: Native = load();
