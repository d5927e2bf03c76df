import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { UserError } from "@supernet/base";
import { type DType, full, liveTensors, tensor, tidy, zeros } from "../engine/index.js";
import { loadTensors, savePth, saveTensors } from "./index.js";

const folder = mkdtempSync(join(tmpdir(), "tensors-"));
after(() => rmSync(folder, { recursive: true }));
const refused = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error));
  assert.match(error.message, pattern);
  return true;
};

test("tensors of every type are read back as they were saved, in order", () => {
  const dtypes: DType[] = [
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
  ];
  const path = join(folder, "new", "all.safetensors");
  const tensors = new Map(dtypes.map((dtype) => [`layer.${dtype}`, full([2, 3], 1, { dtype })]));
  tensors.set(
    "strided",
    tensor([
      [1, 2],
      [3, 4],
    ]).transpose(0, 1),
  );
  tensors.set("scalar", tensor(7, { dtype: "int64" }));
  tensors.set("empty", zeros([0, 4]));
  saveTensors(path, tensors, { note: "ü" });
  const back = loadTensors(path);
  assert.deepEqual([...back.tensors.keys()], [...tensors.keys()]);
  for (const [name, expected] of tensors) {
    const actual = back.tensors.get(name)!;
    assert.deepEqual([actual.dtype, actual.shape], [expected.dtype, expected.shape]);
    assert.deepEqual(actual.toTypedArray(), expected.toTypedArray(), name);
  }
  assert.deepEqual(back.metadata, { note: "ü" });
});

test("a PyTorch file is recognized by its content", () => {
  const { tensors } = loadTensors(fileURLToPath(new URL("../../test-data/small.pth", import.meta.url)));
  assert.deepEqual(tensors.get("transposed")?.toArray(), [
    [0, 4, 8],
    [1, 5, 9],
    [2, 6, 10],
    [3, 7, 11],
  ]);
  assert.deepEqual(tensors.get("bfloat16")?.toArray(), [1, -0.5]);
  assert.deepEqual(tensors.get("flags")?.dtype, "bool");
});

test("a safetensors header of 640 bytes, whose length looks like a pickle, is not taken for a PyTorch file", () => {
  const path = join(folder, "640.safetensors");
  saveTensors(path, new Map([["w", tensor([1])]]), { pad: "" });
  const short = readFileSync(path).readUInt32LE(0);
  saveTensors(path, new Map([["w", tensor([1])]]), { pad: "x".repeat(640 - short) });
  assert.deepEqual([...readFileSync(path).subarray(0, 2)], [0x80, 0x02]);
  assert.deepEqual(loadTensors(path).tensors.get("w")?.toArray(), [1]);
});

test("missing, truncated and foreign files are refused by name", () => {
  assert.throws(() => loadTensors(join(folder, "none")), refused(/none.*does not exist/));
  assert.throws(() => loadTensors(folder), refused(/not a file|is a folder/));
  const path = join(folder, "cut.safetensors");
  saveTensors(path, new Map([["w", zeros([100])]]));
  truncateSync(path, readFileSync(path).byteLength - 10);
  assert.throws(() => loadTensors(path), refused(/cut\.safetensors.*10 bytes are missing/));
  const foreign = join(folder, "foreign.txt");
  for (const text of ["", "hello, this is not a checkpoint", "PK\x03\x04"]) {
    writeFileSync(foreign, text);
    assert.throws(() => loadTensors(foreign), refused(/foreign\.txt/), text);
  }
});

test("a failed write keeps the old file", () => {
  const path = join(folder, "kept.safetensors");
  saveTensors(path, new Map([["w", tensor([1, 2])]]));
  const released = tensor([3]);
  released.dispose();
  assert.throws(() =>
    saveTensors(
      path,
      new Map([
        ["w", tensor([1, 2])],
        ["v", released],
      ]),
    ),
  );
  assert.deepEqual(loadTensors(path).tensors.get("w")?.toArray(), [1, 2]);
  assert.throws(() => saveTensors(folder, new Map()), refused(/cannot write .*folder/));
});

test("loaded tensors belong to the scope they are loaded in", () => {
  const path = join(folder, "scoped.safetensors");
  saveTensors(path, new Map([["w", tensor([1, 2])]]));
  const before = liveTensors();
  tidy(() => {
    assert.equal(loadTensors(path).tensors.size, 1);
  });
  assert.equal(liveTensors(), before);
});

test("arguments of the wrong type are named", () => {
  const path = join(folder, "never.safetensors");
  const w = tensor([1]);
  const call = (run: (...args: never[]) => unknown, ...args: unknown[]) => run(...(args as never[]));
  assert.throws(() => call(saveTensors, undefined, new Map()), /saveTensors: path must be a string/);
  assert.throws(() => call(saveTensors, path, { w }), /saveTensors: tensors must be a Map, got an object/);
  assert.throws(
    () => call(saveTensors, path, new Map([["w", [1]]])),
    /saveTensors: tensors: w must be a Tensor/,
  );
  assert.throws(() => call(saveTensors, path, new Map(), { note: 1 }), /saveTensors: metadata.note must be/);
  assert.throws(() => call(savePth, path, undefined), /savePth: tensors must be a Map, got undefined/);
  assert.throws(() => call(loadTensors, path, "key"), /loadTensors: options must be an object/);
  assert.throws(() => call(loadTensors, path, { key: 1 }), /loadTensors: key must be a string, got 1/);
  assert.ok(!existsSync(path));
});
