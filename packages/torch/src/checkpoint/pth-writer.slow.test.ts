import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { PYTHON, withoutModule } from "@supernet/testing";
import { fromTypedArray, full, ops, type Tensor, tensor, zeros } from "../engine/index.js";
import { loadTensors, savePth } from "./index.js";
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
const loadInPython = (path: string) =>
  JSON.parse(execFileSync(PYTHON, ["-c", LOAD, path], { encoding: "utf8" }));

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

const SAVE = `
import sys, torch
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8), torch.nn.Linear(8, 4))
state = net.state_dict()
base = torch.randn(5, 6, 7)
state.update(permuted=base.permute(2, 0, 1), sliced=base[1:4, ::2, 3:], empty=torch.zeros(0, 3), half=base.half())
torch.save(state, sys.argv[1])
`;
const COMPARE = `
import sys, torch
first, second = (torch.load(path) for path in sys.argv[1:])
assert list(first) == list(second)
for name, tensor in first.items():
    assert tensor.dtype == second[name].dtype and torch.equal(tensor, second[name]), name
`;

test("PyTorch reads back the tensors it saved after we load and save them", { skip: withoutTorch }, () => {
  const [theirs, ours] = [join(folder, "theirs.pth"), join(folder, "ours.pth")];
  execFileSync(PYTHON, ["-c", SAVE, theirs]);
  savePth(ours, loadTensors(theirs).tensors);
  execFileSync(PYTHON, ["-c", COMPARE, theirs, ours]);
});
