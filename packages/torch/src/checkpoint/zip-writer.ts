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

/** A file to be archived, and a function that returns its bytes. */
export interface ZipFile {
  readonly name: string;
  read(): Uint8Array;
}

/** Alignment of each file's bytes, which PyTorch needs to map them into memory. */
const ALIGNMENT = 64;
/** Extra field used for alignment. Readers skip extra fields that they do not support. */
const PADDING = 0x4246;
const FIELD_BYTES = 4;
/** 4.5, the version of the format that introduced zip64. */
const VERSION = 45;
const UTF8_NAMES = 1 << 11;
/** 1980-01-01, the first date of the format. A fixed date makes archives of the same files identical. */
const DATE = 0x0021;

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly headerOffset: number;
}

/**
 * Returns the chunks of an uncompressed zip archive, with one file in memory at a time. All sizes and offsets use their
 * zip64 form, so small and large archives follow the same code path.
 */
export function* zipChunks(files: Iterable<ZipFile>): Generator<Uint8Array> {
  const written: Written[] = [];
  let position = 0;
  for (const file of files) {
    const bytes = file.read();
    const entry = {
      name: Buffer.from(file.name),
      crc: crc32(bytes),
      size: bytes.byteLength,
      headerOffset: position,
    };
    const header = localHeader(entry);
    yield header;
    yield bytes;
    written.push(entry);
    position += header.byteLength + bytes.byteLength;
  }
  const directory = Buffer.concat(written.map(centralHeader));
  yield directory;
  yield endRecords(written.length, position, directory.byteLength);
}

function localHeader({ name, crc, size, headerOffset }: Written): Buffer {
  const wide = extra64(size, size);
  const fixed = LOCAL_BYTES + name.byteLength + wide.byteLength + FIELD_BYTES;
  const padding = (ALIGNMENT - ((headerOffset + fixed) % ALIGNMENT)) % ALIGNMENT;
  const header = Buffer.alloc(fixed + padding);
  header.writeUInt32LE(LOCAL, 0);
  writeCommon(header, 4, crc);
  header.writeUInt16LE(name.byteLength, 26);
  header.writeUInt16LE(wide.byteLength + FIELD_BYTES + padding, 28);
  name.copy(header, LOCAL_BYTES);
  wide.copy(header, LOCAL_BYTES + name.byteLength);
  header.writeUInt16LE(PADDING, fixed - 4);
  header.writeUInt16LE(padding, fixed - 2);
  return header;
}

function centralHeader({ name, crc, size, headerOffset }: Written): Buffer {
  const wide = extra64(size, size, headerOffset);
  const header = Buffer.alloc(CENTRAL_BYTES + name.byteLength + wide.byteLength);
  header.writeUInt32LE(CENTRAL, 0);
  header.writeUInt16LE(VERSION, 4);
  writeCommon(header, 6, crc);
  header.writeUInt16LE(name.byteLength, 28);
  header.writeUInt16LE(wide.byteLength, 30);
  header.writeUInt32LE(SEE_EXTRA64, 42);
  name.copy(header, CENTRAL_BYTES);
  wide.copy(header, CENTRAL_BYTES + name.byteLength);
  return header;
}

/** Writes the fields from the version to the sizes, which both headers have in the same order. */
function writeCommon(header: Buffer, at: number, crc: number): void {
  header.writeUInt16LE(VERSION, at);
  header.writeUInt16LE(UTF8_NAMES, at + 2);
  header.writeUInt16LE(STORED, at + 4);
  header.writeUInt16LE(DATE, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(SEE_EXTRA64, at + 14);
  header.writeUInt32LE(SEE_EXTRA64, at + 18);
}

function extra64(...values: readonly number[]): Buffer {
  const field = Buffer.alloc(FIELD_BYTES + 8 * values.length);
  field.writeUInt16LE(EXTRA64, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [i, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), FIELD_BYTES + 8 * i);
  return field;
}

function endRecords(count: number, directoryStart: number, directoryBytes: number): Buffer {
  const wide = Buffer.alloc(END64_BYTES);
  wide.writeUInt32LE(END64, 0);
  wide.writeBigUInt64LE(BigInt(END64_BYTES - 12), 4);
  wide.writeUInt16LE(VERSION, 12);
  wide.writeUInt16LE(VERSION, 14);
  wide.writeBigUInt64LE(BigInt(count), 24);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(directoryBytes), 40);
  wide.writeBigUInt64LE(BigInt(directoryStart), 48);

  const locator = Buffer.alloc(LOCATOR64_BYTES);
  locator.writeUInt32LE(LOCATOR64, 0);
  locator.writeBigUInt64LE(BigInt(directoryStart + directoryBytes), 8);
  locator.writeUInt32LE(1, 16);

  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(0xffff, 8);
  end.writeUInt16LE(0xffff, 10);
  end.writeUInt32LE(SEE_EXTRA64, 12);
  end.writeUInt32LE(SEE_EXTRA64, 16);
  return Buffer.concat([wide, locator, end]);
}

/** Signed, like the results of JavaScript's bitwise operators, so the loop below uses machine integers. */
const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

/** Returns the zip checksum of the bytes. Node has its own only since 20.15. */
function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
