// Files made to exhaust memory or time, and files that were damaged.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import fc from "fast-check";
import { zipOf } from "../testing/zip-of.js";
import { unpickle } from "./pickle.js";
import { PthFile } from "./pth.js";
import { memorySource } from "./source.js";
import { torchGlobals } from "./torch-pickle.js";

const stored = (name: string) => readFileSync(new URL(`../../test-data/${name}`, import.meta.url));
const open = (bytes: Uint8Array) => new PthFile(memorySource("x.pth", bytes));
const pickled = (body: string) => Buffer.from(`\x80\x02${body}.`, "latin1");
const archive = (body: string, deflate = true) => zipOf({ "x/data.pkl": pickled(body) }, { deflate });
const ordered = "ccollections\nOrderedDict\n";

/** Reads all tensors, or fails as the command line would. Returns whether it did not fail. */
function readsAll(bytes: Uint8Array): boolean {
  try {
    const file = open(bytes);
    for (const [name, reference] of file.stateDict().tensors) file.read(name, reference);
    return true;
  } catch (error) {
    assert.ok(error instanceof UserError, (error as Error).stack);
    assert.ok(error.message.length < 2000, `${error.message.length} characters`);
    return false;
  }
}

/** Runs a function, and checks the time and memory that it takes. */
function frugally(run: () => void): void {
  const memory = process.memoryUsage().rss;
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  assert.ok(user + system < 10e6, `${(user + system) / 1e6} s`);
  assert.ok(process.memoryUsage().rss - memory < 600e6, "memory");
}

test("small files do not exhaust memory or time", () => {
  const pair = "X\x01\0\0\0aK\x01\x86";
  const copies = `](${pair.repeat(1000)}eq\x000${ordered}q\x010(${"h\x01h\x00\x85R".repeat(20_000)}t`;
  // Every dictionary has the one before it twice, so there are 2^1000 paths.
  const shared = `}q\x00${"}(X\x01\0\0\0ah\x00X\x01\0\0\0bh\x00uq\x00".repeat(1000)}`;
  const files: Record<string, Buffer> = {
    "copies of one list": archive(copies),
    "shared dictionaries": archive(shared),
    "shared dictionaries, stored": archive(shared, false),
    "nested tuples": archive(`N${"\x85".repeat(250_000)}`),
    "nested dictionaries": archive(`${"}K\x00".repeat(80_000)}N${"s".repeat(80_000)}`),
    "many empty dictionaries": archive(`(${"}".repeat(260_000)}t`),
    marks: archive("(".repeat(260_000)),
    "an entry of 1 GB": zipOf(
      { "x/data.pkl": pickled("}"), "x/data/0": Buffer.alloc(1e6) },
      { deflate: true, claim: 2 ** 30 },
    ),
    zeros: zipOf({ "x/data.pkl": pickled("}"), "x/data/0": Buffer.alloc(100e6) }, { deflate: true }),
    "a long integer": archive(`\x8b\xff\xff\xff\x7f`),
    digits: archive(`L${"9".repeat(200_000)}L\n`),
    "a million keys": archive(
      `}(${Array.from({ length: 30_000 }, (_, i) => `X\x05\0\0\0${String(i).padStart(5, "0")}N`).join("")}u`,
    ),
    "a long key": archive(`}X\0\0\x01\0${"k".repeat(65536)}Ns`),
    "long names": archive(`cos\n${"x".repeat(200_000)}\n`),
  };
  for (const [name, bytes] of Object.entries(files))
    frugally(() => assert.equal(readsAll(bytes), false, name));
});

test("a large pickle stays within the limits on values and objects", () => {
  const read = (bytes: Uint8Array) =>
    unpickle(bytes, { file: "x.pth", global: torchGlobals("x.pth"), persistent: (id) => id });
  for (const opcode of ["N", "}", "(", "\x94"]) {
    const bytes = Buffer.alloc(20e6, Buffer.from(opcode, "latin1"));
    bytes.set(Buffer.from("\x80\x04N", "latin1"));
    frugally(() => assert.throws(() => read(bytes), /creates more than \d+ (?:values|objects|memos)/));
  }
});

const formats = { "small.pth": stored("small.pth"), "small-legacy.pth": stored("small-legacy.pth") };
for (const [name, bytes] of Object.entries(formats)) {
  test(`${name} with several damaged or missing ranges causes at most a UserError`, () => {
    const damage = fc.record({
      at: fc.nat(bytes.length - 1),
      length: fc.nat(8),
      bytes: fc.uint8Array({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        let damaged: Buffer = bytes;
        for (const { at, length, bytes: others } of damages)
          damaged = Buffer.concat([damaged.subarray(0, at), others, damaged.subarray(at + length)]);
        readsAll(damaged);
      }),
      { numRuns: 2000 },
    );
  });
}

test("a pickle of random opcodes causes at most a UserError", () => {
  const opcode = fc.constantFrom(
    ..."()0 12N]}tla.du\x85\x86\x87esRboQ\x81\x92\x8f\x90\x91\x94".replace(" ", ""),
    "h\x00",
    "h\x01",
    "q\x00",
    "q\x01",
    "K\x01",
    "X\x01\0\0\0a",
    ordered,
    "cos\nsystem\n",
    "ctorch\nSize\n",
    "ctorch._utils\n_rebuild_tensor_v2\n",
    "ctorch._utils\n_rebuild_parameter\n",
    "ctorch._tensor\n_rebuild_from_type_v2\n",
    "ctorch\nFloatStorage\n",
    "X\x07\0\0\0storage",
  );
  fc.assert(
    fc.property(fc.array(opcode, { maxLength: 40 }), (body) => {
      readsAll(archive(body.join(""), false));
    }),
    { numRuns: 5000 },
  );
});
