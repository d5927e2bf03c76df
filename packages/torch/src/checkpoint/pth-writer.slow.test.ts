import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, test } from "node:test";
import { PYTHON, withoutModule } from "@supernet/testing";
import { fromTypedArray, full, ops, type Tensor, tensor, zeros } from "../engine/index.js";
import { loadTensors, savePth } from "./index.js";
import { PthFile } from "./pth.js";
import { withFileSource } from "./source.js";
import { entryStart, readZipDirectory } from "./zip.js";

const withoutTorch = withoutModule("torch");
const folder = mkdtempSync(join(tmpdir(), "pth-writer-"));
after(() => rmSync(folder, { recursive: true }));

const bits = (...values: number[]) => Uint16Array.from(values);
const grid = tensor([
  [0, 1, 2, 3],
  [4, 5, 6, 7],
  [8, 9, 10, 11],
]);
/** Every element type with values that are easily lost, and every kind of shape. */
const state = new Map<string, Tensor>([
  ["float32", tensor([0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e-45])],
  ["float64", tensor([Math.PI, Number.MAX_VALUE], { dtype: "float64" })],
  ["float16", fromTypedArray(bits(0x3e00, 0xc000, 0x7c00), [3], { dtype: "float16" })],
  ["bfloat16", fromTypedArray(bits(0x3f80, 0xbf00, 0x7fc0), [3], { dtype: "bfloat16" })],
  ["int8", tensor([-128, 127], { dtype: "int8" })],
  ["int16", tensor([-32768, 32767], { dtype: "int16" })],
  ["int32", tensor([-(2 ** 31), 2 ** 31 - 1], { dtype: "int32" })],
  ["int64", fromTypedArray(BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n), [2])],
  ["uint8", tensor([0, 255], { dtype: "uint8" })],
  ["bool", fromTypedArray(Uint8Array.of(1, 0, 1), [3], { dtype: "bool" })],
  ["layer.0.num_batches_tracked", tensor(7, { dtype: "int64" })],
  ["nothing", zeros([0, 4])],
  ["nothing.at.the.end", zeros([4, 0, 3])],
  ["transposed", grid.transpose(0, 1)],
  ["sliced", grid.slice(0, 1, 3).slice(1, 0, 4, 2)],
  ["expanded", ops.expand(tensor([1, 2]), [3, 2])],
  ["many.axes", full([1, 2, 1, 3, 1], 2)],
  ["größe ✓", tensor([1])],
]);

/** Returns the name, element type, shape and bytes of each tensor. */
const described = (tensors: ReadonlyMap<string, Tensor>) =>
  Array.from(tensors, ([name, own]) => {
    const { buffer, byteOffset, byteLength } = own.toTypedArray();
    return [name, own.dtype, own.shape, Buffer.from(buffer, byteOffset, byteLength).toString("hex")];
  });

/** Prints the same for the tensors that torch.load returns, first without and then with weights_only. */
const LOAD = `
import collections, json, sys, torch, zipfile
def described(name, tensor):
    data = tensor.flatten().view(torch.uint8).tolist() if tensor.numel() else []
    return [name, str(tensor.dtype)[6:], list(tensor.shape), bytes(data).hex()]
with zipfile.ZipFile(sys.argv[1]) as archive: assert archive.testzip() is None
result = []
for safe in (False, True):
    state = torch.load(sys.argv[1], weights_only=safe)
    assert type(state) is collections.OrderedDict
    assert all(t.is_contiguous() and not t.requires_grad for t in state.values())
    result.append([described(name, tensor) for name, tensor in state.items()])
print(json.dumps(result))
`;
const runPython = (script: string, ...args: readonly string[]): string =>
  execFileSync(PYTHON, ["-c", script, ...args], { encoding: "utf8", maxBuffer: 2 ** 26 });
const loadInPython = (path: string) => JSON.parse(runPython(LOAD, path));

test("tensors are read back bit-identical and in order", () => {
  const path = join(folder, "new", "own.pth");
  savePth(path, state);
  assert.deepEqual(described(loadTensors(path).tensors), described(state));
});

test("the elements of every tensor begin at a multiple of 64 bytes", () => {
  const path = join(folder, "aligned.pth");
  savePth(path, state);
  withFileSource(path, (source) => {
    const starts = [...readZipDirectory(source).values()]
      .filter(({ name }) => name.startsWith("archive/data/"))
      .map((entry) => entryStart(source, entry));
    assert.equal(starts.length, state.size);
    for (const start of starts) assert.equal(start % 64, 0);
  });
});

test("a failed write keeps the old file", () => {
  const path = join(folder, "kept.pth");
  savePth(path, new Map([["w", tensor([1, 2])]]));
  const released = tensor([3]);
  released.dispose();
  assert.throws(() => savePth(path, new Map([["v", released]])));
  assert.deepEqual(loadTensors(path).tensors.get("w")?.toArray(), [1, 2]);
});

test("PyTorch loads the same tensors, bit for bit", { skip: withoutTorch }, () => {
  const path = join(folder, "for-python.pth");
  savePth(path, state);
  const expected = described(state);
  assert.deepEqual(loadInPython(path), [expected, expected]);
});

test("PyTorch loads the metadata beside the state dict", { skip: withoutTorch }, () => {
  const path = join(folder, "with-metadata.pth");
  const metadata = { supernet: '{"größe":"✓"}', note: "" };
  savePth(path, state, metadata);
  const loaded = loadTensors(path);
  assert.deepEqual([described(loaded.tensors), loaded.metadata], [described(state), metadata]);
  const script = `
import json, sys, torch
for safe in (False, True):
    file = torch.load(sys.argv[1], weights_only=safe)
    weights = file.pop("state_dict")
    assert all(torch.is_tensor(weight) for weight in weights.values())
print(json.dumps([file, list(weights)]))`;
  assert.deepEqual(JSON.parse(runPython(script, path)), [metadata, [...state.keys()]]);
  assert.throws(() => savePth(path, state, { state_dict: "" }), /cannot have the key state_dict/);
});

const SAVE = `
import json, sys, collections, zipfile, torch
folder = sys.argv[1]
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8), torch.nn.Linear(8, 4))
base = torch.randn(5, 6, 7)
state = collections.OrderedDict(net.state_dict())
state.update(permuted=base.permute(2, 0, 1), sliced=base[1:4, ::2, 3:], empty=torch.zeros(0, 3), one=torch.zeros(1, 4, 1).transpose(0, 2))
for dtype in (torch.float64, torch.int8, torch.int16, torch.int32, torch.uint8):
    state[str(dtype)] = torch.arange(6).to(dtype)
torch.save(state, folder + "/root.pth")
torch.save({"state_dict": state, "meta": {"epoch": 3, "note": "x"}}, folder + "/protocol4.pth", pickle_protocol=4)
optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9)
torch.save({"epoch": 1, "model": state, "optimizer": optimizer.state_dict()}, folder + "/model.pth")
with zipfile.ZipFile(folder + "/root.pth") as old, zipfile.ZipFile(folder + "/packed.pth", "w", zipfile.ZIP_DEFLATED) as new:
    for item in old.infolist(): new.writestr(item.filename, old.read(item))
torch.save(state, folder + "/legacy.pth", _use_new_zipfile_serialization=False)
torch.save({**state, "half": base.half()}, folder + "/half.pth")
print(json.dumps({name: [str(t.dtype)[6:], list(t.shape), t.flatten().tolist()] for name, t in state.items()}))
`;

const COMPARE = `
import sys, torch
first, second = (torch.load(path) for path in sys.argv[1:])
assert list(first) == list(second)
for name, tensor in first.items():
    assert tensor.dtype == second[name].dtype and torch.equal(tensor, second[name]), name
`;

describe("files that PyTorch writes", { skip: withoutTorch }, () => {
  const saved = withoutTorch ? [] : Object.entries(JSON.parse(runPython(SAVE, folder)));

  it("have the tensors that PyTorch reads", () => {
    for (const name of ["root", "protocol4", "model", "packed", "legacy"]) {
      withFileSource(join(folder, `${name}.pth`), (source) => {
        const file = new PthFile(source);
        const actual = [...file.stateDict().tensors].map(([key, reference]) => {
          const { dtype, shape, data } = file.read(key, reference);
          return [key, [dtype, [...shape], Array.from(data as Iterable<number | bigint>, Number)]];
        });
        assert.deepEqual(actual, saved);
      });
    }
  });

  it("are the same for PyTorch after we load and save them", () => {
    const [theirs, ours] = [join(folder, "half.pth"), join(folder, "ours.pth")];
    savePth(ours, loadTensors(theirs).tensors);
    runPython(COMPARE, theirs, ours);
  });
});
