import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { UserError } from "@supernet/base";

/** Functions of the native addon: see native/addon.cpp. */
interface Native {
  /** Returns width and height, or undefined if it cannot decode the bytes as a JPEG file. */
  jpegSize(bytes: Uint8Array): [number, number] | undefined;
  /** Returns undefined if the file is damaged. @throws an error with code `REFUSED` if it must not be decoded at all */
  decodeJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined;
  /** Writes `out`. Returns false if the file is damaged. @throws as `decodeJpeg` does */
  resampleJpeg(bytes: Uint8Array, request: Int32Array, out: Uint8Array): boolean;
  resample(data: Uint8Array, width: number, height: number, request: Int32Array, out: Uint8Array): void;
  /** Computes a 32-bit checksum. */
  checksum(bytes: Uint8Array): number;
  /** Tries to lock a file until it is closed. Returns undefined if its file system does not support locks. */
  lock(file: number): boolean | undefined;
  /** 0 brightness, 1 contrast, 2 saturation, 3 hue; in place. */
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
  const path = fileURLToPath(new URL("../build/image.node", import.meta.url));
  if (!existsSync(path)) {
    throw new UserError(
      "the image decoder is not built: install g++ (apt-get install g++), then run npm rebuild --workspaces",
    );
  }
  return createRequire(import.meta.url)(path) as Native;
}

export const native: Native = load();
