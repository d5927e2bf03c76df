import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { requireInstance, UserError } from "@supernet/base/checks";

/** What a model accepts and returns, and its metadata. */
export interface ModelHeader {
  readonly inputs: readonly HeaderValue[];
  readonly outputs: readonly HeaderValue[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Input or output of a model file. */
export interface HeaderValue {
  readonly name: string;
  /** Sizes, the batch included. A name, which may be empty, stands for a size that can have any value. */
  readonly shape: readonly (number | string)[];
}

/**
 * Reads the inputs, the outputs and the metadata of an `.onnx` file. Runtimes for Node.js do not return the metadata.
 * Weights and operators are skipped. The file may come from anywhere: it is read within its bounds.
 *
 * @example
 * const { metadata } = decodeModelHeader(readFileSync("model.onnx"));
 * @throws UserError if it is not an ONNX model, or is damaged
 */
export function decodeModelHeader(bytes: Uint8Array): ModelHeader {
  requireInstance("decodeModelHeader: bytes", bytes, Uint8Array);
  try {
    return readModel(bytes);
  } catch (error) {
    throw new UserError(
      `this is not an ONNX model, or it is damaged (${(error as Error).message}): export it again`,
      { cause: error },
    );
  }
}

/** A field of a message. Numbers other than varints are skipped. */
type Field =
  | { readonly number: number; readonly bytes: Uint8Array }
  | { readonly number: number; readonly integer: number };

function* fieldsOf(message: Uint8Array): Generator<Field> {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (type === WireType.LengthDelimited) yield { number, bytes: reader.bytes() };
    else if (type === WireType.Varint) yield { number, integer: Number(reader.int64()) };
    else reader.skip(type, number);
  }
}

/** Returns the values of a field that contains bytes, in order. */
const bytesAt = (message: Uint8Array, field: number): Uint8Array[] =>
  Array.from(fieldsOf(message)).flatMap((found) =>
    found.number === field && "bytes" in found ? [found.bytes] : [],
  );

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Returns the last text of a field; "" if there is none. */
const textAt = (message: Uint8Array, field: number): string =>
  utf8.decode(bytesAt(message, field).at(-1) ?? new Uint8Array());

// The field numbers are those of onnx.proto3.
function readModel(bytes: Uint8Array): ModelHeader {
  const graphs = bytesAt(bytes, 7);
  if (graphs.length === 0) throw new Error("it has no graph");
  const values = (field: number) => graphs.flatMap((graph) => bytesAt(graph, field)).map(readValue);
  const entries = bytesAt(bytes, 14).map((entry) => [textAt(entry, 1), textAt(entry, 2)] as const);
  return { inputs: values(11), outputs: values(12), metadata: Object.fromEntries(entries) };
}

function readValue(value: Uint8Array): HeaderValue {
  const inside = (messages: readonly Uint8Array[], field: number) =>
    messages.flatMap((message) => bytesAt(message, field));
  // Type, tensor type, shape, dimensions.
  const dimensions = [2, 1, 2, 1].reduce(inside, [value]);
  return { name: textAt(value, 1), shape: dimensions.map(readSize) };
}

function readSize(dimension: Uint8Array): number | string {
  for (const field of fieldsOf(dimension)) if (field.number === 1 && "integer" in field) return field.integer;
  return textAt(dimension, 2);
}
