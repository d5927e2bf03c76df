import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { UserError } from "@supernet/base";

/** What the addon exports; see native/addon.cpp. */
interface Native {
  /** Width and height, or undefined where the bytes are no JPEG file that it decodes. */
  jpegSize(bytes: Uint8Array): [number, number] | undefined;
  /** Undefined where the file is damaged. @throws an error with `REFUSED` for its code where nobody is to decode it */
  decodeJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined;
  /** Writes `out`; false where the file is damaged. @throws as `decodeJpeg` does */
  resampleJpeg(bytes: Uint8Array, request: Int32Array, out: Uint8Array): boolean;
  resample(data: Uint8Array, width: number, height: number, request: Int32Array, out: Uint8Array): void;
  /** 32 bits that differ for nearly every difference. */
  checksum(bytes: Uint8Array): number;
  /** Whether a file's lock is had now, for as long as it is open; undefined where its file system knows no locks. */
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
      "what decodes images is not built: install g++ (apt-get install g++), then run npm rebuild --workspaces",
    );
  }
  return createRequire(import.meta.url)(path) as Native;
}

export const native: Native = load();
