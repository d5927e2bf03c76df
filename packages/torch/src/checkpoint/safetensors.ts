import { UserError } from "@supernet/base";
import type { DType } from "../engine/index.js";
import {
  allocate,
  bytesPerElement,
  elementCount,
  isSize,
  type LazyRecord,
  readElements,
  type TensorRecord,
} from "./record.js";
import { type ByteSource, quote, readBytes } from "./source.js";

// The safetensors format: 8 bytes of header length (little-endian), a JSON header, then the tensors' bytes.

const DTYPE_OF_CODE: Readonly<Record<string, DType>> = {
  F64: "float64",
  F32: "float32",
  F16: "float16",
  BF16: "bfloat16",
  I64: "int64",
  I32: "int32",
  I16: "int16",
  I8: "int8",
  U8: "uint8",
  BOOL: "bool",
};
const CODE_OF_DTYPE = Object.fromEntries(
  Object.entries(DTYPE_OF_CODE).map(([code, dtype]) => [dtype, code]),
) as Record<DType, string>;

/**
 * Maximum length of the header. One of 200,000 tensors has about 20 MB. The reference implementation accepts 100 MB, which
 * take a minute to parse.
 */
const MAX_HEADER_BYTES = 25_000_000;
/** Maximum number of axes of a tensor in PyTorch. */
const MAX_AXES = 64;
const METADATA = "__metadata__";
const REMEDY = "the file is damaged or is not a safetensors file: copy or download it again";

/** Location of a tensor: `start` is its offset in the file, in bytes. */
export interface SafetensorsEntry {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly start: number;
}

export interface SafetensorsHeader {
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads and checks the header. Every byte of the file must belong to exactly one tensor.
 * @throws UserError that names the file and the problem
 */
export function readSafetensorsHeader(source: ByteSource): SafetensorsHeader {
  const refuse = (what: string) => new UserError(`cannot read ${source.name}: ${what}: ${REMEDY}`);
  if (source.size < 8) throw refuse(`it has only ${source.size} bytes`);
  const lengthBytes = readBytes(source, 0, 8);
  const length = Number(new DataView(lengthBytes.buffer).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES) throw refuse(`its header claims ${length} bytes`);
  if (8 + length > source.size) throw refuse(`its header of ${length} bytes is truncated`);
  const text = decode(readBytes(source, 8, length));
  const header = text === undefined ? undefined : parseJson(text);
  if (text === undefined || !isObject(header)) throw refuse("its header is not JSON");
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw refuse(`tensor ${quote(repeated)} occurs twice`);

  const dataStart = 8 + length;
  const entries = new Map<string, SafetensorsEntry>();
  const spans: { name: string; start: number; end: number }[] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) {
      if (!isStringMap(value)) throw refuse("its metadata is not a map of strings");
      metadata = value;
      continue;
    }
    const entry = parseEntry(value);
    if (typeof entry === "string") throw refuse(`tensor ${quote(name)}: ${entry}`);
    entries.set(name, { dtype: entry.dtype, shape: entry.shape, start: dataStart + entry.begin });
    spans.push({ name, start: dataStart + entry.begin, end: dataStart + entry.end });
  }

  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  let position = dataStart;
  for (const span of spans) {
    if (span.start < position) throw refuse(`tensor ${quote(span.name)} overlaps another`);
    if (span.start > position) throw refuse(`${span.start - position} bytes belong to no tensor`);
    position = span.end;
  }
  if (position > source.size) throw refuse(`${position - source.size} bytes are missing at its end`);
  if (position < source.size) throw refuse(`${source.size - position} bytes belong to no tensor`);
  return { entries, metadata };
}

/** Reads one tensor of the header that {@link readSafetensorsHeader} returned. */
export function readSafetensorsEntry(
  source: ByteSource,
  name: string,
  entry: SafetensorsEntry,
): TensorRecord {
  const { data, bytes } = allocate(entry.dtype, elementCount(entry.shape)!);
  source.readInto(bytes, entry.start);
  if (entry.dtype === "bool" && bytes.some((byte) => byte > 1)) {
    throw new UserError(
      `cannot read ${source.name}: bool tensor ${quote(name)} contains bytes other than 0 and 1: ${REMEDY}`,
    );
  }
  return { dtype: entry.dtype, shape: entry.shape, data };
}

/**
 * Returns the file's bytes in chunks, one tensor at a time. The header lists the tensors in the order given. Their data
 * is sorted by decreasing element size, so that it is aligned if the file is mapped into memory.
 */
export function* safetensorsChunks(
  tensors: ReadonlyMap<string, LazyRecord>,
  metadata: Readonly<Record<string, string>> = {},
): Generator<Uint8Array> {
  if (tensors.has(METADATA)) throw new UserError(`a tensor cannot be named ${METADATA}: rename it`);
  const byAlignment = [...tensors].sort(
    ([, a], [, b]) => bytesPerElement(b.dtype) - bytesPerElement(a.dtype),
  );
  const offsets = new Map<string, [begin: number, end: number]>();
  let position = 0;
  for (const [name, { dtype, shape }] of byAlignment) {
    const end = position + elementCount(shape)! * bytesPerElement(dtype);
    offsets.set(name, [position, end]);
    position = end;
  }
  const fields = Object.keys(metadata).length === 0 ? [] : [jsonField(METADATA, metadata)];
  for (const [name, { dtype, shape }] of tensors) {
    fields.push(jsonField(name, { dtype: CODE_OF_DTYPE[dtype], shape, data_offsets: offsets.get(name) }));
  }
  const header = Buffer.from(`{${fields.join(",")}}`);
  const padded = Buffer.alloc(8 + Math.ceil(header.byteLength / 8) * 8, " ");
  padded.writeBigUInt64LE(BigInt(padded.byteLength - 8));
  padded.set(header, 8);
  yield padded;
  for (const [name, tensor] of byAlignment) yield readElements(name, tensor);
}

function jsonField(name: string, value: unknown): string {
  return `${JSON.stringify(name)}:${JSON.stringify(value)}`;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns a key that an object in valid JSON has twice at its top level, of which `JSON.parse` keeps only the last. */
function repeatedKey(text: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  for (const [token, key] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === "{") depth++;
    else if (token === "}") depth--;
    else if (key !== undefined && depth === 1) {
      const name = String(JSON.parse(key));
      if (seen.has(name)) return name;
      seen.add(name);
    }
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStringMap(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((item) => typeof item === "string");
}

/** Returns the entry, or a description of the problem. */
function parseEntry(
  value: unknown,
): { dtype: DType; shape: readonly number[]; begin: number; end: number } | string {
  if (!isObject(value)) return "its entry is not an object";
  const code = value.dtype;
  const dtype =
    typeof code === "string" && Object.hasOwn(DTYPE_OF_CODE, code) ? DTYPE_OF_CODE[code] : undefined;
  if (dtype === undefined) return `its type ${quote(value.dtype)} is not supported`;
  const count = elementCount(value.shape);
  if (count === undefined || (value.shape as unknown[]).length > MAX_AXES)
    return `its shape ${quote(value.shape)} is not valid`;
  const offsets: unknown[] = Array.isArray(value.data_offsets) ? value.data_offsets : [];
  const [begin, end] = offsets;
  if (offsets.length !== 2 || !isSize(begin) || !isSize(end) || begin > end) {
    return `its offsets ${quote(value.data_offsets)} are not valid`;
  }
  const bytes = count * bytesPerElement(dtype);
  if (end - begin !== bytes) return `it has ${end - begin} bytes, but its shape needs ${bytes}`;
  return { dtype, shape: value.shape as number[], begin, end };
}
