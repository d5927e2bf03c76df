// Decoded images of a list of files in one file, so that epochs after the first decode nothing:
//
//   pixels of every image, red, green and blue bytes, one image after another
//   a table: width, height and checksum of each image, 32 bits each, lowest byte first
//   the end: what kind of file it is, the key of the list (64 hexadecimal digits), the number of images, and the
//   checksum of the table and all of the end before it
import { open } from "node:fs/promises";
import { native } from "../transforms/native.js";

const KIND = "supernet images 1\n";
const KEY = 64;
const END = KIND.length + KEY + 8;
const COLUMNS = 3;
/** Of an image, as the decoders have it. */
const MOST_PIXELS = 0x3fff ** 2;

/** Where the images of a pack are; shared, so that workers need no copy. */
export interface Pack {
  readonly file: string;
  /** [images, 3]: width, height, checksum. */
  readonly table: Uint32Array;
  /** Of each image's first byte. */
  readonly offsets: Float64Array;
}

export const widthIn = ({ table }: Pick<Pack, "table">, index: number): number => table[COLUMNS * index]!;
export const heightIn = ({ table }: Pick<Pack, "table">, index: number): number =>
  table[COLUMNS * index + 1]!;
const bytesIn = (pack: Pick<Pack, "table">, index: number): number =>
  3 * widthIn(pack, index) * heightIn(pack, index);

export interface PackedEntry {
  readonly width: number;
  readonly height: number;
  readonly checksum: number;
}

/** What stands after the pixels. */
export function packEnd(key: string, entries: readonly PackedEntry[]): Uint8Array {
  const table = Buffer.alloc(4 * COLUMNS * entries.length + END);
  let at = 0;
  for (const { width, height, checksum } of entries)
    for (const value of [width, height, checksum]) at = table.writeUInt32LE(value, at);
  at += table.write(KIND + key, at, "latin1");
  at = table.writeUInt32LE(entries.length, at);
  table.writeUInt32LE(native.checksum(table.subarray(0, at)), at);
  return table;
}

/** Why a file is no pack of these images. */
export class DamagedPack extends Error {}

/** By file, what was read whole, and how the file was then. */
const known = new Map<string, { readonly state: string; readonly pack: Pack }>();
/** A file that changed less than so many milliseconds ago may change again at what its clock says is the same time. */
const SETTLED = 1000;

/**
 * Opens a pack and, the first time, reads the whole of it, which also brings it into memory where there is room.
 * @returns undefined where there is no such file
 * @throws DamagedPack where it is cut off, changed, or of other images
 */
export async function openPack(file: string, key: string, images: number): Promise<Pack | undefined> {
  await using handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!handle) return undefined;
  const { dev, ino, size, mtimeMs } = await handle.stat();
  const state = JSON.stringify([key, images, dev, ino, size, mtimeMs]);
  const before = known.get(file);
  if (before?.state === state) return before.pack;
  const settled = Date.now() - mtimeMs > SETTLED;
  const read = async (bytes: Uint8Array, position: number): Promise<void> => {
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, done, bytes.length - done, position + done);
      if (bytesRead === 0) throw new DamagedPack("it is cut off");
      done += bytesRead;
    }
  };

  const length = 4 * COLUMNS * images + END;
  if (size < length) throw new DamagedPack("it is cut off");
  const end = Buffer.alloc(length);
  await read(end, size - length);
  const sum = length - 4;
  if (end.readUInt32LE(sum) !== native.checksum(end.subarray(0, sum)))
    throw new DamagedPack("its table is damaged");
  const expected = KIND + key;
  const told = end.toString("latin1", length - END, length - END + expected.length);
  if (told !== expected || end.readUInt32LE(length - 8) !== images)
    throw new DamagedPack("it has other images");

  const table = new Uint32Array(new SharedArrayBuffer(4 * COLUMNS * images));
  for (let i = 0; i < table.length; i++) table[i] = end.readUInt32LE(4 * i);
  for (let i = 0; i < images; i++) {
    const pixels = widthIn({ table }, i) * heightIn({ table }, i);
    if (pixels === 0 || pixels > MOST_PIXELS) throw new DamagedPack(`image ${i} is damaged`);
  }
  const offsets = new Float64Array(new SharedArrayBuffer(8 * images));
  for (let i = 1; i < images; i++) offsets[i] = offsets[i - 1]! + bytesIn({ table }, i - 1);
  const pixels = images === 0 ? 0 : offsets[images - 1]! + bytesIn({ table }, images - 1);
  if (pixels + length !== size) throw new DamagedPack("it has not the length that it tells");

  let room = Buffer.alloc(0);
  for (let i = 0; i < images; i++) {
    const bytes = bytesIn({ table }, i);
    if (room.length < bytes) room = Buffer.alloc(bytes);
    await read(room.subarray(0, bytes), offsets[i]!);
    if (native.checksum(room.subarray(0, bytes)) !== table[COLUMNS * i + 2])
      throw new DamagedPack(`image ${i} is damaged`);
  }
  const pack = { file, table, offsets };
  if (settled) known.set(file, { state, pack });
  return pack;
}
