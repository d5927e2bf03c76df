import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import fc from "fast-check";
import { allocate, bytesOf, bytesPerElement, elementCount, type TensorRecord } from "./record.js";
import { readSafetensorsEntry, readSafetensorsHeader, safetensorsChunks } from "./safetensors.js";
import { memorySource } from "./source.js";

const refused = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error));
  assert.match(error.message, pattern);
  assert.match(error.message, /x\.safetensors/);
  return true;
};

function write(tensors: ReadonlyMap<string, TensorRecord>, metadata?: Record<string, string>): Buffer {
  const lazy = new Map(
    [...tensors].map(([name, { dtype, shape, data }]) => [name, { dtype, shape, read: () => data }]),
  );
  return Buffer.concat([...safetensorsChunks(lazy, metadata)]);
}

function read(bytes: Uint8Array): { tensors: Map<string, TensorRecord>; metadata: Record<string, string> } {
  const source = memorySource("x.safetensors", bytes);
  const { entries, metadata } = readSafetensorsHeader(source);
  const tensors = new Map(
    [...entries].map(([name, entry]) => [name, readSafetensorsEntry(source, name, entry)]),
  );
  return { tensors, metadata };
}

/** Builds a file with any header, followed by `dataBytes` zero bytes. */
function file(header: unknown, dataBytes: number): Buffer {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.byteLength));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

const record = fc
  .record({
    dtype: fc.constantFrom(
      "float32",
      "float64",
      "float16",
      "bfloat16",
      "int8",
      "int16",
      "int32",
      "int64",
      "uint8",
      "bool",
    ),
    shape: fc.array(fc.nat(4), { maxLength: 3 }),
    fill: fc.nat(255),
  } as const)
  .map(({ dtype, shape, fill }): TensorRecord => {
    const { data, bytes } = allocate(dtype, elementCount(shape)!);
    bytes.forEach((_, i) => {
      bytes[i] = dtype === "bool" ? (fill + i) % 2 : (fill + i * 7) % 256;
    });
    return { dtype, shape, data };
  });
// JSON.parse moves names that are integers to the front. No module has such a tensor.
const tensorName = fc.string({ minLength: 1 }).filter((s) => s !== "__metadata__" && !/^\d+$/.test(s));

test("tensors are read back bit-identical and in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(tensorName, record), { maxLength: 6 }),
      fc.dictionary(fc.string(), fc.string(), { maxKeys: 3, noNullPrototype: true }),
      (list, metadata) => {
        const tensors = new Map(list);
        const back = read(write(tensors, metadata));
        assert.deepEqual([...back.tensors.keys()], [...tensors.keys()]);
        for (const [name, { dtype, shape, data }] of tensors) {
          const actual = back.tensors.get(name)!;
          assert.deepEqual([actual.dtype, actual.shape], [dtype, shape]);
          assert.deepEqual(bytesOf(actual.data), bytesOf(data));
        }
        assert.deepEqual({ ...back.metadata }, { ...metadata });
      },
    ),
    { numRuns: 200 },
  );
});

test("every tensor begins at a multiple of its element size", () => {
  const tensors = new Map<string, TensorRecord>([
    ["a", { dtype: "uint8", shape: [3], data: new Uint8Array(3) }],
    ["b", { dtype: "float32", shape: [2], data: new Float32Array(2) }],
    ["c", { dtype: "int64", shape: [], data: new BigInt64Array(1) }],
  ]);
  const { entries } = readSafetensorsHeader(memorySource("x", write(tensors)));
  for (const { dtype, start } of entries.values()) assert.equal(start % bytesPerElement(dtype), 0);
});

test("a file truncated anywhere is refused by name", () => {
  const whole = write(
    new Map([["w", { dtype: "float32", shape: [2, 2], data: new Float32Array(4) } as const]]),
    {
      step: "3",
    },
  );
  for (let length = 0; length < whole.byteLength; length++) {
    assert.throws(() => read(whole.subarray(0, length)), refused(/cannot read/), `cut at ${length}`);
  }
  assert.throws(() => read(Buffer.concat([whole, Buffer.alloc(1)])), refused(/1 bytes belong to no tensor/));
});

test("hostile headers are refused, and the tensor is named", () => {
  const one = (entry: object) => ({ w: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...entry } });
  const cases: [unknown, number, RegExp][] = [
    ["{", 0, /not JSON/],
    ["[]", 0, /not JSON/],
    ['{"w":"\xff"}', 0, /"w".*not an object/],
    [{ __metadata__: { a: 1 } }, 0, /map of strings/],
    [{ w: null }, 0, /"w".*not an object/],
    [one({ dtype: "F4" }), 8, /"w".*"F4"/],
    [one({ dtype: "toString" }), 8, /"w".*type/],
    [one({ shape: [-2] }), 8, /"w".*shape/],
    [one({ shape: [2.5] }), 8, /"w".*shape/],
    [one({ shape: [2 ** 40, 2 ** 40] }), 8, /"w".*shape/],
    [one({ shape: "2" }), 8, /"w".*shape/],
    [one({ shape: [3] }), 8, /"w".*8 bytes, but its shape needs 12/],
    [one({ data_offsets: [8, 0] }), 8, /"w".*offsets/],
    [one({ data_offsets: [0] }), 8, /"w".*offsets/],
    [one({ data_offsets: [0, 8, 8] }), 8, /"w".*offsets/],
    [one({ data_offsets: [0.5, 8.5] }), 9, /"w".*offsets/],
    [one({ data_offsets: [4, 12] }), 12, /4 bytes belong to no tensor/],
    [one({}), 4, /4 bytes are missing/],
    [{ ...one({}), v: { dtype: "F32", shape: [2], data_offsets: [4, 12] } }, 12, /"v" overlaps/],
  ];
  for (const [header, dataBytes, pattern] of cases) {
    assert.throws(() => read(file(header, dataBytes)), refused(pattern), JSON.stringify(header));
  }
  const long = Buffer.alloc(16);
  long.writeBigUInt64LE(2n ** 63n);
  assert.throws(() => read(long), refused(/header claims/));
  const flag = file({ w: { dtype: "BOOL", shape: [1], data_offsets: [0, 1] } }, 1);
  flag[flag.byteLength - 1] = 2;
  assert.throws(() => read(flag), refused(/"w" contains bytes other than 0 and 1/));
});

test("a tensor named like the metadata is refused", () => {
  const tensors = new Map([
    ["__metadata__", { dtype: "uint8", shape: [0], data: new Uint8Array(0) } as const],
  ]);
  assert.throws(() => write(tensors), UserError);
});

test("headers that are hostile or have a name twice are refused", () => {
  const entry = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}';
  const nested = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const cases: [header: string, pattern: RegExp][] = [
    [`{"w":${entry},"w":${entry}}`, /tensor "w" occurs twice/],
    [`{"w":${entry},"\\u0077" : ${entry}}`, /tensor "w" occurs twice/],
    [`{"w":{"dtype":${nested},"shape":[1],"data_offsets":[0,4]}}`, /type .* is not supported|not JSON/],
    [`{"w":{"dtype":"toString","shape":[1],"data_offsets":[0,4]}}`, /type "toString" is not supported/],
    [`{"w":{"dtype":"F32","shape":[${Array(65).fill(1)}],"data_offsets":[0,4]}}`, /shape .* is not valid/],
  ];
  for (const [header, pattern] of cases) assert.throws(() => read(file(header, 4)), refused(pattern));
  const inner = '{"__metadata__":{"a":"{\\"w\\": 1}"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  assert.equal(read(file(inner, 4)).tensors.size, 1);
  const long = Buffer.alloc(26_000_008);
  long.writeBigUInt64LE(26_000_000n);
  assert.throws(() => read(long), refused(/its header claims 26000000 bytes/));
});
