import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { parseOptions } from "@supernet/base";
import { z } from "zod";
import type { Attribute, Constant, ModelValue, OnnxModel, OnnxNode } from "./model.js";

/**
 * Version of the operator set: the first with `LayerNormalization`. Runtimes since 2022 support it. `IR_VERSION` is the
 * file format version released with it.
 */
export const OPSET = 17;
const IR_VERSION = 8;

/** ONNX's numbers of tensor and attribute types. */
const FLOAT = 1;
const INT64 = 7;
const TENSOR_TYPES = [
  [Float32Array, FLOAT],
  [Uint8Array, 2],
  [Int8Array, 3],
  [Int32Array, 6],
  [BigInt64Array, INT64],
  [Uint16Array, 10],
] as const;
const ATTRIBUTE = { float: 1, int: 2, text: 3, ints: 7 };

const modelSchema = z.looseObject({
  name: z.string(),
  inputs: z.array(z.looseObject({})),
  outputs: z.array(z.looseObject({})),
  nodes: z.array(z.looseObject({})),
  constants: z.array(z.looseObject({})),
  metadata: z.record(z.string(), z.string()),
});

/**
 * Encodes a model as the contents of an `.onnx` file. The field numbers are those of
 * [onnx.proto3](https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
 *
 * @example
 * writeFileSync("model.onnx", encodeModel(exportClassifier({ space, subnet, input: [3, 224, 224], weights })));
 */
export function encodeModel(model: OnnxModel): Uint8Array {
  parseOptions("encodeModel", modelSchema, model);
  const writer = new BinaryWriter();
  int(writer, 1, IR_VERSION);
  text(writer, 2, "supernet");
  nested(writer, 7, () => writeGraph(writer, model));
  // The default domain's name is empty.
  nested(writer, 8, () => int(writer, 2, OPSET));
  for (const [key, value] of Object.entries(model.metadata)) {
    nested(writer, 14, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, { name, nodes, constants, inputs, outputs }: OnnxModel): void {
  for (const node of nodes) nested(writer, 1, () => writeNode(writer, node));
  text(writer, 2, name);
  for (const constant of constants) nested(writer, 5, () => writeTensor(writer, constant));
  for (const value of inputs) nested(writer, 11, () => writeValue(writer, value));
  for (const value of outputs) nested(writer, 12, () => writeValue(writer, value));
}

function writeNode(writer: BinaryWriter, { type, inputs, outputs, attributes }: OnnxNode): void {
  for (const name of inputs) text(writer, 1, name);
  for (const name of outputs) text(writer, 2, name);
  // The node is named after its first output, which is unique.
  text(writer, 3, outputs[0]!);
  text(writer, 4, type);
  for (const [name, value] of Object.entries(attributes)) {
    nested(writer, 5, () => writeAttribute(writer, name, value));
  }
}

function writeAttribute(writer: BinaryWriter, name: string, value: Attribute): void {
  text(writer, 1, name);
  if ("float" in value) {
    writer.tag(2, WireType.Bit32).float(value.float);
    int(writer, 20, ATTRIBUTE.float);
  } else if ("int" in value) {
    int(writer, 3, value.int);
    int(writer, 20, ATTRIBUTE.int);
  } else if ("text" in value) {
    text(writer, 4, value.text);
    int(writer, 20, ATTRIBUTE.text);
  } else {
    for (const item of value.ints) int(writer, 8, item);
    int(writer, 20, ATTRIBUTE.ints);
  }
}

function writeTensor(writer: BinaryWriter, { name, shape, data }: Constant): void {
  for (const size of shape) int(writer, 1, size);
  int(writer, 2, TENSOR_TYPES.find(([type]) => data instanceof type)![1]);
  text(writer, 8, name);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  writer.tag(9, WireType.LengthDelimited).bytes(bytes);
}

function writeValue(writer: BinaryWriter, { name, type, shape }: ModelValue): void {
  text(writer, 1, name);
  nested(writer, 2, () =>
    nested(writer, 1, () => {
      int(writer, 1, type === "int64" ? INT64 : FLOAT);
      nested(writer, 2, () => {
        for (const size of ["batch", ...shape]) {
          nested(writer, 1, () => (typeof size === "string" ? text(writer, 2, size) : int(writer, 1, size)));
        }
      });
    }),
  );
}

function nested(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

const int = (writer: BinaryWriter, field: number, value: number): void => {
  writer.tag(field, WireType.Varint).int64(value);
};

const text = (writer: BinaryWriter, field: number, value: string): void => {
  writer.tag(field, WireType.LengthDelimited).string(value);
};
