import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { zipOf } from "../testing/zip-of.js";
import { Inert } from "./pickle.js";
import { PthFile } from "./pth.js";
import { memorySource } from "./source.js";

const stored = (name: string) => readFileSync(new URL(`../../test-data/${name}`, import.meta.url));
const small = stored("small.pth");
/** The same contents in PyTorch's current format and in the one before 1.6. */
const formats = { "small.pth": small, "small-legacy.pth": stored("small-legacy.pth") };
const refused = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error));
  assert.match(error.message, pattern);
  assert.match(error.message, /x\.pth/);
  return true;
};
const open = (bytes: Uint8Array) => new PthFile(memorySource("x.pth", bytes));

const text = (value: string) => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
const global = (module: string, name: string) => `c${module}\n${name}\n`;
const storage = `(${text("storage")}${global("torch", "FloatStorage")}${text("0")}${text("cpu")}K\x04tQ`;
const call = (name: string, args: string) => `${global("torch._utils", name)}(${args}tR`;
const pickle = (body: string) => Buffer.from(`\x80\x02${body}.`, "latin1");
const tensor = (offset: string, sizes: string, strides: string) =>
  call("_rebuild_tensor_v2", `${storage}${offset}(${sizes}t(${strides}t\x89)`);
const archive = (body: string, elements = new Float32Array([1, 2, 3, 4])) =>
  zipOf({ "x/data.pkl": pickle(body), "x/data/0": new Uint8Array(elements.buffer) });
const stateOf = (value: string) => `}${text("w")}${value}s`;

for (const [name, bytes] of Object.entries(formats)) {
  test(`${name} reads with views, offsets, parameters and every element type`, () => {
    const file = open(bytes);
    const { tensors } = file.stateDict();
    const read = (key: string) => {
      const { dtype, shape, data } = file.read(key, tensors.get(key)!);
      return [dtype, [...shape], Array.from(data as Iterable<number | bigint>)];
    };
    assert.deepEqual(
      [...tensors.keys()],
      ["plain", "transposed", "offset", "parameter", "bfloat16", "count", "flags"],
    );
    assert.deepEqual(read("plain"), ["float32", [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]);
    assert.deepEqual(read("transposed"), ["float32", [4, 3], [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]]);
    assert.deepEqual(read("offset"), ["float32", [3], [5, 6, 7]]);
    assert.deepEqual(read("parameter"), ["float16", [2], [0x3e00, 0xc000]]);
    assert.deepEqual(read("bfloat16"), ["bfloat16", [2], [0x3f80, 0xbf00]]);
    assert.deepEqual(read("count"), ["int64", [], [7n]]);
    assert.deepEqual(read("flags"), ["bool", [3], [1, 0, 1]]);
    assert.ok(file.root instanceof Map);
    assert.equal(file.root.get("epoch"), 3);
    assert.deepEqual(file.root.get("size"), [1, 2]);
  });

  test(`${name} truncated anywhere is refused by name`, () => {
    for (let length = 0; length < bytes.byteLength; length++) {
      assert.throws(() => open(bytes.subarray(0, length)), refused(/cannot read/), `cut at ${length}`);
    }
  });

  test(`a damaged byte anywhere in ${name} causes at most a UserError`, () => {
    for (let at = 0; at < bytes.byteLength; at++) {
      for (const flip of [0xff, 0x01, 0x80]) {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= flip;
        try {
          const file = open(damaged);
          for (const [key, reference] of file.stateDict().tensors) file.read(key, reference);
        } catch (error) {
          assert.ok(error instanceof UserError, `byte ${at}: ${(error as Error).stack}`);
        }
      }
    }
  });
}

test("deflated entries read like stored ones", () => {
  const bytes = zipOf(
    {
      "x/data.pkl": pickle(stateOf(tensor("K\x01", "K\x03", "K\x01"))),
      "x/data/0": new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer),
    },
    { deflate: true },
  );
  const file = open(bytes);
  assert.deepEqual([...file.read("w", file.stateDict().tensors.get("w")!).data], [2, 3, 4]);
});

test("an archive that claims to unpack to much more than its size is refused", () => {
  const bytes = zipOf({ "x/data.pkl": pickle("}") }, { deflate: true, claim: 1 << 20 });
  assert.throws(() => open(bytes), refused(/claims to unpack/));
});

test("overlapping entries are refused", () => {
  const bytes = zipOf({ "x/data.pkl": pickle("}"), "x/data/0": new Uint8Array(64) });
  const second = bytes.lastIndexOf("x/data/0") - 46;
  bytes.writeUInt32LE(100_000, second + 20);
  assert.throws(() => open(bytes), refused(/overlap/));
});

test("what would run code in Python is an inert value without contents, and nothing is called", () => {
  const calls = [
    `${global("os", "system")}(${text("false")}tR`,
    `${text("os")}${text("system")}\x93(${text("false")}tR`,
    `(ios\nsystem\n`,
    `(${global("os", "system")}${text("false")}o`,
    `${global("os", "system")})\x81`,
    `${global("os", "system")})}\x92`,
    `${global("os", "system")}(${text("false")}tR}b`,
    `${global("os", "system")}(${text("a")}${text("b")}u(Ne`,
    `${global("os", "system")})R)R`,
  ];
  for (const body of calls) {
    const { root } = open(archive(body));
    assert.ok(root instanceof Inert, JSON.stringify(body));
    assert.deepEqual(root, new Inert("os.system"));
    assert.throws(() => open(archive(body)).stateDict(), refused(/no state dict, but a whole "os\.system"/));
  }
});

test("a call of a value that is no function is refused", () => {
  const attacks: [string, RegExp][] = [
    [`\x82\x01`, /opcode 0x82/],
    [`\x97`, /opcode 0x97/],
    [`(o`, /no class/],
    [`(${text("false")}oR`, /calls a value that is not a function/],
    [`P0\n`, /opcode 0x50/],
    [`${text("f")})R`, /calls a value that is not a function/],
    [`${global("torch", "FloatStorage")})R`, /calls a value that is not a function/],
  ];
  for (const [body, pattern] of attacks) assert.throws(() => open(archive(body)), refused(pattern));
});

test("malformed pickles are refused", () => {
  const bodies: [string, RegExp][] = [
    ["", /stack is empty/],
    ["NN", /left over/],
    ["h\x05", /memo 5 is empty/],
    ["t", /mark is missing/],
    ["(.", /stack is empty/],
    ["NNs", /stack is empty/],
    ["NNNs", /not a dictionary/],
    ["](NNu", /not a dictionary/],
    ["}(Nu", /has no value/],
    ["NNa", /not a list/],
    ["NNb", /has none/],
    ["I1x\n", /integer is malformed/],
    ["\x8b\xff\xff\0\0", /integer of 65535 bytes/],
    ["0", /stack is empty/],
    ["\x80\x06N", /protocol 6/],
    ["X\xff\xff\xff\xff", /truncated/],
    ["\x8a\xff", /truncated/],
    ["NQ", /a storage/],
    [call("_rebuild_tensor_v2", "NK\x00))"), /a tensor/],
    [call("_rebuild_tensor_v2", `${storage}J\xff\xff\xff\xff))`), /a tensor/],
    [call("_rebuild_tensor_v2", `${storage}K\x00(J\xff\xff\xff\xfft)`), /list of sizes/],
    [call("_rebuild_parameter", "N"), /a parameter/],
  ];
  for (const [body, pattern] of bodies) {
    assert.throws(() => open(zipOf({ "x/data.pkl": pickle(body) })), refused(pattern), JSON.stringify(body));
  }
});

test("a pickle of endless objects is refused before it exhausts memory", () => {
  assert.throws(() => open(archive(`(${"}".repeat(1_600_000)}t`)), refused(/objects/));
});

test("tensors that do not match their storage are refused", () => {
  const large = "\x8a\x06\0\0\0\0\0\x10";
  const cases: [string, RegExp][] = [
    [tensor("K\x00", "K\x05", "K\x01"), /larger than its storage/],
    [tensor("K\x02", "K\x03", "K\x01"), /outside its storage/],
    [tensor("K\x00", "K\x02", "K\x04"), /outside its storage/],
    [tensor("K\x00", large, "K\x00"), /larger than its storage/],
    [tensor("K\x00", `${large}${large}`, "K\x00K\x00"), /an invalid shape/],
    [tensor("K\x00", "K\x02", `${large}`), /outside its storage/],
    [tensor("K\x00", "K\x02", "K\x01K\x01"), /an invalid shape/],
  ];
  for (const [value, pattern] of cases) {
    const file = open(archive(stateOf(value)));
    assert.throws(() => file.read("w", file.stateDict().tensors.get("w")!), refused(pattern));
  }
  const missing = open(zipOf({ "x/data.pkl": pickle(stateOf(tensor("K\x00", "K\x01", "K\x01"))) }));
  assert.throws(() => missing.read("w", missing.stateDict().tensors.get("w")!), refused(/is missing/));
});

test("tensors that read one storage too often are refused", () => {
  const file = open(archive(stateOf(tensor("K\x00", "K\x04", "K\x01")), new Float32Array(4096)));
  const big = open(archive(stateOf(tensor("K\x00", "M\x00\x10", "K\x01")), new Float32Array(4096)));
  const reference = big.stateDict().tensors.get("w")!;
  assert.throws(
    () => {
      for (let i = 0; i < 100; i++) big.read("w", reference);
    },
    refused(/share storages/),
  );
  assert.equal(file.read("w", file.stateDict().tensors.get("w")!).data.length, 4);
});

/** Pickles a dictionary of pickled values. */
const dictOf = (items: Readonly<Record<string, string>>) =>
  `}(${Object.entries(items)
    .map(([name, value]) => text(name) + value)
    .join("")}u`;
const one = tensor("K\x00", "K\x01", "K\x01");
const two = dictOf({ w: one, b: one });

test("the state dict is found at the root, under a usual key, or at the given path", () => {
  const cases: [root: string, key: string | undefined, expected: unknown][] = [
    [two, undefined, [undefined, ["w", "b"], []]],
    [dictOf({ epoch: "K\x07", model: two }), undefined, ["model", ["w", "b"], []]],
    [dictOf({ best_acc1: one, state_dict: two }), undefined, ["state_dict", ["w", "b"], []]],
    [dictOf({ model: two, model_ema: two }), undefined, ["model", ["w", "b"], ["model_ema"]]],
    [dictOf({ model_ema: two, model: two }), undefined, ["model", ["w", "b"], ["model_ema"]]],
    [dictOf({ model: two, model_ema: stateOf(one) }), "model_ema", ["model_ema", ["w"], ["model"]]],
    [dictOf({ optimizer: two, weights: stateOf(one) }), undefined, ["weights", ["w"], []]],
    [dictOf({ ema: dictOf({ model: two }) }), undefined, ["ema.model", ["w", "b"], []]],
    [dictOf({ ema: dictOf({ model: two }) }), "ema.model", ["ema.model", ["w", "b"], []]],
    [dictOf({ "a.b": dictOf({ c: two }) }), "a.b.c", ["a.b.c", ["w", "b"], []]],
    [`(${two}K\x05t`, undefined, ["0", ["w", "b"], []]],
    [`(${two}K\x05t`, "0", ["0", ["w", "b"], []]],
    [dictOf({ w: one, b: one, extra: stateOf(one) }), undefined, [undefined, ["w", "b"], ["extra"]]],
  ];
  for (const [root, key, expected] of cases) {
    const found = open(archive(root)).stateDict(key);
    assert.deepEqual([found.key, [...found.tensors.keys()], found.otherKeys], expected, JSON.stringify(root));
  }
});

test("a state dict that is missing or ambiguous is refused, and those in the file are named", () => {
  const cases: [root: string, key: string | undefined, pattern: RegExp][] = [
    [
      dictOf({ student: two, teacher: stateOf(one) }),
      undefined,
      /several state dicts: .* key: student \(2 tensors\), teacher \(1/,
    ],
    [dictOf({ model: two, ema: two }), "best", /"best" is not a state dict: .* model \(2.* ema \(2/],
    [dictOf({ model: two, epoch: "K\x07" }), "epoch", /"epoch" is not a state dict/],
    [dictOf({ epoch: "K\x07", loss: "K\x01" }), undefined, /no state dict; its keys are epoch, loss: save/],
    [dictOf({ model: `${global("nets", "Net")})R}b` }), undefined, /but a whole "nets\.Net"/],
    ["]", undefined, /no state dict: save/],
    [two, "constructor", /"constructor" is not/],
    [`(${two}t`, "length", /"length" is not/],
  ];
  for (const [root, key, pattern] of cases)
    assert.throws(() => open(archive(root)).stateDict(key), refused(pattern));
});

test("a tensor that cannot be read is named if it is in the state dict, and skipped elsewhere", () => {
  const complex = tensor("K\x00", "K\x01", "K\x01").replace("FloatStorage", "ComplexFloatStorage");
  const sparse = call("_rebuild_sparse_tensor", "NN");
  const typed = `${global("torch._tensor", "_rebuild_from_type_v2")}(${global("torch._utils", "_rebuild_tensor_v2")}${global("nets", "Mask")}(${storage}K\x00(K\x01t(K\x01t\x89)tNtR`;
  for (const [value, name] of [
    [complex, "torch.ComplexFloatStorage"],
    [sparse, "_rebuild_sparse_tensor"],
  ] as const) {
    const beside = open(archive(dictOf({ table: value, model: two })));
    assert.equal(beside.stateDict().tensors.size, 2);
    const inside = open(archive(dictOf({ w: one, table: value })));
    assert.throws(() => inside.stateDict(), refused(new RegExp(`"table" is made by ".*${name}`)));
  }
  const file = open(archive(dictOf({ w: typed })));
  assert.deepEqual([...file.read("w", file.stateDict().tensors.get("w")!).data], [1]);
});

test("a file from before 1.6 is refused if its version, byte order or storages are wrong", () => {
  const magic = "\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19";
  const legacy = (version: string, system: string, root: string, keys: string, elements = "") =>
    Buffer.concat([...[magic, version, system, root, keys].map(pickle), Buffer.from(elements, "latin1")]);
  const little = `}${text("little_endian")}\x88s`;
  const whole = stateOf(tensor("K\x00", "K\x01", "K\x01"));
  const keys = `(${text("0")}t`;
  const one = "\x01\0\0\0\0\0\0\0\0\0\x80\x3f";
  const file = open(legacy("M\xe9\x03", little, whole, keys, one));
  assert.deepEqual([...file.read("w", file.stateDict().tensors.get("w")!).data], [1]);
  const part = whole.replace("K\x04tQ", `K\x04(${text("1")}K\x00K\x01ttQ`);
  const cases: [Buffer, RegExp][] = [
    [legacy("M\xe8\x03", little, whole, keys, one), /version is not 1001/],
    [legacy("M\xe9\x03", little.replace("\x88", "\x89"), whole, keys, one), /byte order is "big"/],
    [legacy("M\xe9\x03", "}", whole, keys, one), /does not state its byte order/],
    [legacy("M\xe9\x03", little, whole, `(${text("1")}t`, one), /list of storages/],
    [legacy("M\xe9\x03", little, whole, keys, one.replace("\x01", "\x02")), /truncated/],
    [legacy("M\xe9\x03", little, whole, keys, `${"\xff".repeat(8)}`), /truncated/],
    [legacy("M\xe9\x03", little, part, keys, one), /a storage in its pickle is malformed/],
  ];
  for (const [bytes, pattern] of cases) assert.throws(() => open(bytes), refused(pattern));
});
