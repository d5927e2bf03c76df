import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { UserError } from "@supernet/base";
import { encodeModel, type OnnxModel } from "@supernet/nas/onnx";
import fc from "fast-check";
import { decodeModelHeader } from "./header.js";

const model: OnnxModel = {
  name: "small",
  inputs: [
    { name: "images", type: "float32", shape: [3, "height", 32] },
    { name: "sizes", type: "int64", shape: [2] },
  ],
  outputs: [{ name: "counts", type: "int64", shape: [] }],
  nodes: [{ type: "Relu", inputs: ["images"], outputs: ["counts"], attributes: {} }],
  constants: [{ name: "weights", shape: [2], data: Float32Array.of(1, 2) }],
  metadata: Object.fromEntries([
    ["classes", '["köttbullar","猫"]'],
    ["", ""],
    ["__proto__", "own"],
  ]),
};
const encoded = encodeModel(model);

/** Returns the error of a file that cannot be decoded. */
function refusalOf(bytes: Uint8Array): UserError | undefined {
  try {
    decodeModelHeader(bytes);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, /^this is not an ONNX model, or it is damaged \(.+\): export it again$/);
    return error;
  }
}

describe("decodeModelHeader", () => {
  it("reads the names, the sizes and the metadata of an encoded model", () => {
    const { inputs, outputs, metadata } = decodeModelHeader(encoded);
    assert.deepEqual(inputs, [
      { name: "images", shape: ["batch", 3, "height", 32] },
      { name: "sizes", shape: ["batch", 2] },
    ]);
    assert.deepEqual(outputs, [{ name: "counts", shape: ["batch"] }]);
    assert.deepEqual(Object.entries(metadata), [
      ["classes", '["köttbullar","猫"]'],
      ["", ""],
      ["__proto__", "own"],
    ]);
    assert.equal(Object.getPrototypeOf(metadata), Object.prototype);
  });

  it("refuses an empty file, text, and huge lengths", () => {
    const huge = new BinaryWriter()
      .tag(7, WireType.LengthDelimited)
      .uint32(2 ** 32 - 1)
      .finish();
    for (const bytes of [new Uint8Array(), Buffer.from("<html>"), huge]) assert.ok(refusalOf(bytes));
  });

  it("refuses groups that are nested deeply", () => {
    const group = new BinaryWriter().tag(3, WireType.StartGroup).finish();
    assert.ok(refusalOf(Buffer.concat(Array.from({ length: 1e5 }, () => group))));
  });

  it("refuses text that is not UTF-8", () => {
    const entry = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(Uint8Array.of(0xff)).finish();
    const bytes = new BinaryWriter().tag(14, WireType.LengthDelimited).bytes(entry).finish();
    assert.ok(refusalOf(Buffer.concat([encoded, bytes])));
  });

  it("refuses a cut file, or reads the fields before the cut", () => {
    let refused = 0;
    for (let length = 0; length < encoded.length; length++)
      if (refusalOf(encoded.subarray(0, length))) refused++;
    assert.ok(refused > 0.8 * encoded.length, String(refused));
  });

  it("returns text and sizes, or refuses, whatever the file contains", () => {
    const changes = fc.array(fc.tuple(fc.nat(encoded.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 8,
    });
    const check = (bytes: Uint8Array) => {
      if (refusalOf(bytes)) return;
      const { inputs, outputs, metadata } = decodeModelHeader(bytes);
      for (const { name, shape } of [...inputs, ...outputs]) {
        assert.equal(typeof name, "string");
        for (const size of shape) assert.ok(typeof size === "string" || Number.isInteger(size));
      }
      for (const text of Object.values(metadata)) assert.equal(typeof text, "string");
    };
    fc.assert(
      fc.property(changes, (changed) => {
        const bytes = encoded.slice();
        for (const [at, value] of changed) bytes[at] = value;
        check(bytes);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 500 });
  });
});
