import { inflateRawSync } from "node:zlib";
import { UserError } from "@supernet/base";
import { type ByteSource, quote, readBytes } from "./source.js";
import {
  CENTRAL,
  CENTRAL_BYTES,
  END,
  END_BYTES,
  END64,
  END64_BYTES,
  EXTRA64,
  LOCAL,
  LOCAL_BYTES,
  LOCATOR64,
  LOCATOR64_BYTES,
  SEE_EXTRA64,
  STORED,
} from "./zip-format.js";

// Encrypted and split archives are not supported.

const LONGEST_COMMENT = 0xffff;
const DEFLATED = 8;
const REMEDY = "the file is truncated or damaged: copy or download it again";

/** One file in the archive. Sizes and offsets are in bytes. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly headerOffset: number;
}

export type ZipDirectory = ReadonlyMap<string, ZipEntry>;

/**
 * Reads the archive's central directory.
 * @throws UserError that names the file and the problem
 */
export function readZipDirectory(source: ByteSource): ZipDirectory {
  const { offset, size } = findDirectory(source);
  if (offset + size > source.size) throw refuse(source, "its directory extends beyond the end");
  const bytes = readBytes(source, offset, size);
  const view = new DataView(bytes.buffer);
  const entries = new Map<string, ZipEntry>();
  let packed = 0;
  for (let at = 0; at < size; ) {
    if (at + CENTRAL_BYTES > size || view.getUint32(at, true) !== CENTRAL) {
      throw refuse(source, "its directory is damaged");
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const end = at + CENTRAL_BYTES + nameLength + extraLength + view.getUint16(at + 32, true);
    if (end > size) throw refuse(source, "its directory is damaged");
    const name = Buffer.from(bytes.buffer, at + CENTRAL_BYTES, nameLength).toString("utf8");
    const flags = view.getUint16(at + 8, true);
    if ((flags & 1) !== 0)
      throw new UserError(`cannot read ${source.name}: it is encrypted: save it without encryption`);
    const extra = new DataView(bytes.buffer, at + CENTRAL_BYTES + nameLength, extraLength);
    const [uncompressed, compressedSize, headerOffset] = wideFields(source, extra, [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    if (entries.has(name)) throw refuse(source, `it contains ${quote(name)} twice`);
    const method = view.getUint16(at + 10, true);
    entries.set(name, { name, method, compressedSize, size: uncompressed, headerOffset });
    packed += compressedSize;
    if (packed > source.size) throw refuse(source, "its entries overlap");
    at = end;
  }
  return entries;
}

/** Checks the sizes of an entry and returns the offset of its stored bytes. */
export function entryStart(source: ByteSource, entry: ZipEntry): number {
  const { headerOffset, compressedSize, method, size, name } = entry;
  if (method !== STORED && method !== DEFLATED) {
    throw refuse(source, `${quote(name)} is compressed with the unknown method ${method}`);
  }
  if (method === STORED && size !== compressedSize)
    throw refuse(source, `the sizes of ${quote(name)} contradict each other`);
  if (headerOffset + LOCAL_BYTES > source.size) throw refuse(source, `${quote(name)} extends beyond the end`);
  const header = new DataView(readBytes(source, headerOffset, LOCAL_BYTES).buffer);
  if (header.getUint32(0, true) !== LOCAL) throw refuse(source, `the header of ${quote(name)} is damaged`);
  const start = headerOffset + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + compressedSize > source.size) throw refuse(source, `${quote(name)} extends beyond the end`);
  return start;
}

export function isStored(entry: ZipEntry): boolean {
  return entry.method === STORED;
}

/** Reads and decompresses an entry. The caller has checked its size. */
export function readZipEntry(source: ByteSource, entry: ZipEntry): Uint8Array {
  const packed = readBytes(source, entryStart(source, entry), entry.compressedSize);
  if (isStored(entry)) return packed;
  let unpacked: Uint8Array;
  try {
    unpacked = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
  } catch {
    throw refuse(source, `${quote(entry.name)} cannot be decompressed`);
  }
  if (unpacked.byteLength !== entry.size) throw refuse(source, `${quote(entry.name)} is truncated`);
  return unpacked;
}

function findDirectory(source: ByteSource): { offset: number; size: number } {
  const tailLength = Math.min(source.size, END_BYTES + LONGEST_COMMENT);
  const tailStart = source.size - tailLength;
  const tail = new DataView(readBytes(source, tailStart, tailLength).buffer);
  for (let at = tailLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + tail.getUint16(at + 20, true) !== tailLength) continue;
    const size = tail.getUint32(at + 12, true);
    const offset = tail.getUint32(at + 16, true);
    const wide = size === SEE_EXTRA64 || offset === SEE_EXTRA64 || tail.getUint16(at + 10, true) === 0xffff;
    return wide ? findDirectory64(source, tailStart + at) : { offset, size };
  }
  throw refuse(source, "its end is missing");
}

function findDirectory64(source: ByteSource, end: number): { offset: number; size: number } {
  const locatorStart = end - LOCATOR64_BYTES;
  if (locatorStart < 0) throw refuse(source, "its end is damaged");
  const locator = new DataView(readBytes(source, locatorStart, LOCATOR64_BYTES).buffer);
  if (locator.getUint32(0, true) !== LOCATOR64) throw refuse(source, "its end is damaged");
  const start = Number(locator.getBigUint64(8, true));
  if (start + END64_BYTES > source.size) throw refuse(source, "its end is damaged");
  const record = new DataView(readBytes(source, start, END64_BYTES).buffer);
  if (record.getUint32(0, true) !== END64) throw refuse(source, "its end is damaged");
  return { size: Number(record.getBigUint64(40, true)), offset: Number(record.getBigUint64(48, true)) };
}

/** Replaces each field that is {@link SEE_EXTRA64} with its value in the zip64 extra field, in order. */
function wideFields(
  source: ByteSource,
  extra: DataView,
  fields: readonly [number, number, number],
): [number, number, number] {
  const result: [number, number, number] = [...fields];
  if (!fields.includes(SEE_EXTRA64)) return result;
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const end = at + 4 + extra.getUint16(at + 2, true);
    if (end > extra.byteLength) break;
    if (extra.getUint16(at, true) === EXTRA64) {
      let value = at + 4;
      for (const [i, field] of fields.entries()) {
        if (field !== SEE_EXTRA64) continue;
        if (value + 8 > end) throw refuse(source, "its directory is damaged");
        result[i] = Number(extra.getBigUint64(value, true));
        value += 8;
      }
      return result;
    }
    at = end;
  }
  throw refuse(source, "its directory is damaged");
}

function refuse(source: ByteSource, what: string): UserError {
  return new UserError(`cannot read ${source.name}: ${what}: ${REMEDY}`);
}
