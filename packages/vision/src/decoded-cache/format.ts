// File format of a cache of decoded images. It contains the images of a list of files:
//
//   pixels: red, green and blue bytes of every image, one image after another
//   table: width, height and checksum of each image, 32 bits each, little-endian
//   end: kind of file, key of the list (64 hexadecimal digits), number of images, and a checksum of the table and the
//   end before it
import { open } from "node:fs/promises";
import { native } from "../native.js";

const KIND = "supernet images 1\n";
const KEY = 64;
const END = KIND.length + KEY + 8;
const COLUMNS = 3;
/** Maximum number of pixels of an image, as in the decoders. */
const MAX_PIXELS = 0x3fff ** 2;

/** Cache file and the positions of its images. The arrays are shared memory, so workers do not copy them. */
export interface DecodedImageCache {
  readonly file: string;
  /** [images, 3]: width, height, checksum. */
  readonly table: Uint32Array;
  /** Offset of each image's first byte. */
  readonly offsets: Float64Array;
}

export const widthIn = ({ table }: Pick<DecodedImageCache, "table">, index: number): number =>
  table[COLUMNS * index]!;
export const heightIn = ({ table }: Pick<DecodedImageCache, "table">, index: number): number =>
  table[COLUMNS * index + 1]!;
const bytesIn = (cache: Pick<DecodedImageCache, "table">, index: number): number =>
  3 * widthIn(cache, index) * heightIn(cache, index);

export interface DecodedImageEntry {
  readonly width: number;
  readonly height: number;
  readonly checksum: number;
}

/** Encodes the table and the end of the file, which follow the pixels. */
export function encodeTable(key: string, entries: readonly DecodedImageEntry[]): Uint8Array {
  const table = Buffer.alloc(4 * COLUMNS * entries.length + END);
  let at = 0;
  for (const { width, height, checksum } of entries)
    for (const value of [width, height, checksum]) at = table.writeUInt32LE(value, at);
  at += table.write(KIND + key, at, "latin1");
  at = table.writeUInt32LE(entries.length, at);
  table.writeUInt32LE(native.checksum(table.subarray(0, at)), at);
  return table;
}

/** Error whose message states why a file is not a cache of these images. */
export class DamagedCache extends Error {}

/** Caches that were checked, by file, with the file's state at that time. */
const checked = new Map<string, { readonly state: string; readonly cache: DecodedImageCache }>();
/** Milliseconds within which a file can change twice with the same modification time. */
const MTIME_RESOLUTION_MS = 1000;

/**
 * Opens a cache file. The first time, this reads and checks the entire file, which also loads it into the page cache.
 * @returns undefined if the file does not exist
 * @throws DamagedCache if the file is truncated or changed, or has other images
 */
export async function readDecodedImageCache(
  file: string,
  key: string,
  images: number,
): Promise<DecodedImageCache | undefined> {
  await using handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!handle) return undefined;
  const { dev, ino, size, mtimeMs } = await handle.stat();
  const state = JSON.stringify([key, images, dev, ino, size, mtimeMs]);
  const before = checked.get(file);
  if (before?.state === state) return before.cache;
  const isOld = Date.now() - mtimeMs > MTIME_RESOLUTION_MS;
  const read = async (bytes: Uint8Array, position: number): Promise<void> => {
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
      if (bytesRead === 0) throw new DamagedCache("it is truncated");
      done += bytesRead;
    }
  };

  const length = 4 * COLUMNS * images + END;
  if (size < length) throw new DamagedCache("it is truncated");
  const end = Buffer.alloc(length);
  await read(end, size - length);
  const sum = length - 4;
  if (end.readUInt32LE(sum) !== native.checksum(end.subarray(0, sum)))
    throw new DamagedCache("its table is damaged");
  const expected = KIND + key;
  const found = end.toString("latin1", length - END, length - END + expected.length);
  if (found !== expected || end.readUInt32LE(length - 8) !== images)
    throw new DamagedCache("it has other images");

  const table = new Uint32Array(new SharedArrayBuffer(4 * COLUMNS * images));
  for (let i = 0; i < table.length; i++) table[i] = end.readUInt32LE(4 * i);
  for (let i = 0; i < images; i++) {
    const pixels = widthIn({ table }, i) * heightIn({ table }, i);
    if (pixels === 0 || pixels > MAX_PIXELS) throw new DamagedCache(`image ${i} is damaged`);
  }
  const offsets = new Float64Array(new SharedArrayBuffer(8 * images));
  for (let i = 1; i < images; i++) offsets[i] = offsets[i - 1]! + bytesIn({ table }, i - 1);
  const pixels = images === 0 ? 0 : offsets[images - 1]! + bytesIn({ table }, images - 1);
  if (pixels + length !== size) throw new DamagedCache("its length does not match its table");

  let buffer = Buffer.alloc(0);
  for (let i = 0; i < images; i++) {
    const bytes = bytesIn({ table }, i);
    if (buffer.length < bytes) buffer = Buffer.alloc(bytes);
    await read(buffer.subarray(0, bytes), offsets[i]!);
    if (native.checksum(buffer.subarray(0, bytes)) !== table[COLUMNS * i + 2])
      throw new DamagedCache(`image ${i} is damaged`);
  }
  const cache = { file, table, offsets };
  if (isOld) checked.set(file, { state, cache });
  return cache;
}
