/**
 * Writer for TensorBoard event files. Such a file is a sequence of TFRecords, each with an Event message of
 * TensorFlow's event.proto in the wire format of protocol buffers. Only scalars are supported.
 */

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH = 2;
const FIXED_32 = 5;

/** Field numbers from event.proto and summary.proto. */
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const SUMMARY = { value: 1 } as const;
const VALUE = { tag: 1, simpleValue: 2 } as const;

/** Returns the first record of every file. */
export function fileVersion(wallTime: number): Buffer {
  return record(double(EVENT.wallTime, wallTime), bytes(EVENT.fileVersion, Buffer.from("brain.Event:2")));
}

/**
 * Returns a record with the scalars of a step.
 * @param wallTime seconds since 1970
 * @param step an integer of at least 0
 * @param scalars values by tag, stored in single precision
 */
export function scalarEvent(
  wallTime: number,
  step: number,
  scalars: Readonly<Record<string, number>>,
): Buffer {
  const values = Object.entries(scalars).map(([tag, value]) =>
    bytes(SUMMARY.value, bytes(VALUE.tag, Buffer.from(tag)), float(VALUE.simpleValue, value)),
  );
  return record(
    double(EVENT.wallTime, wallTime),
    // Like other writers, omit 0, the default of a missing number.
    ...(step === 0 ? [] : [key(EVENT.step, VARINT), varint(step)]),
    bytes(EVENT.summary, ...values),
  );
}

/** Returns a TFRecord with a message: the length and the bytes, each followed by a masked checksum. */
function record(...fields: readonly Buffer[]): Buffer {
  const message = Buffer.concat(fields);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(message.length));
  return Buffer.concat([length, maskedChecksum(length), message, maskedChecksum(message)]);
}

function maskedChecksum(data: Uint8Array): Buffer {
  const crc = crc32c(data);
  const masked = ((((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8) >>> 0;
  const out = Buffer.alloc(4);
  out.writeUInt32LE(masked);
  return out;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** Returns the CRC-32C (Castagnoli polynomial) of RFC 3720. */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const key = (field: number, type: number): Buffer => varint(field * 8 + type);

function varint(value: number): Buffer {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  return Buffer.from([...out, rest]);
}

function bytes(field: number, ...content: readonly Buffer[]): Buffer {
  const all = Buffer.concat(content);
  return Buffer.concat([key(field, LENGTH), varint(all.length), all]);
}

function double(field: number, value: number): Buffer {
  const out = Buffer.alloc(8);
  out.writeDoubleLE(value);
  return Buffer.concat([key(field, FIXED_64), out]);
}

function float(field: number, value: number): Buffer {
  const out = Buffer.alloc(4);
  out.writeFloatLE(value);
  return Buffer.concat([key(field, FIXED_32), out]);
}
