import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors } from "./index.js";

const withoutTorch = withoutModule("torch");
const folder = mkdtempSync(join(tmpdir(), "real-checkpoints-"));
after(() => rmSync(folder, { recursive: true }));

/** Writes checkpoints with what training programs save beside the weights. */
const SAVE = `
import argparse, collections, datetime, enum, functools, json, logging, pathlib, sys, types
import numpy, torch
folder = sys.argv[1]
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
state = net.state_dict()
parallel = torch.nn.DataParallel(net).state_dict()
optimizer = torch.optim.AdamW(net.parameters())
net(torch.randn(4, 3)).sum().backward(); optimizer.step()
averaged = torch.optim.swa_utils.AveragedModel(net)

project = types.ModuleType("project"); sys.modules["project"] = project
class Phase(enum.Enum): TRAIN = 1
class Flag(enum.IntFlag): A = 1
class Config(dict):
    def __getattr__(self, name): return self[name]
class History(list): pass
class Slots:
    __slots__ = ("a",)
    def __getstate__(self): return (None, {"a": 1})
    def __setstate__(self, state): raise SystemExit("ran")
class Touch:
    def __reduce__(self): return (open, (folder + "/touched", "w"))
class Outer:
    class Inner: pass
class Old: pass
class Made:
    def __new__(cls, a, *, b): return object.__new__(cls)
    def __getnewargs_ex__(self): return (1,), {"b": 2}
for cls in (Phase, Flag, Config, History, Slots, Touch, Outer, Old, Made):
    cls.__module__ = "project"; setattr(project, cls.__name__, cls)
Outer.Inner.__module__ = "project"
counter = collections.Counter("aab")
nested = collections.defaultdict(functools.partial(collections.defaultdict, list)); nested["a"]["b"].append(1)
beside = dict(
    args=argparse.Namespace(lr=0.1, path=pathlib.PurePosixPath("a/b"), when=datetime.datetime.now(), nested=[argparse.Namespace(a=1)]),
    best_acc1=torch.tensor(71.5), best=numpy.float32(0.5), count=numpy.int64(3), curve=numpy.arange(5.0), names=numpy.array(["a", "b"], dtype=object),
    delta=datetime.timedelta(1), date=datetime.date(2020, 1, 1), zone=datetime.timezone.utc, phase=Phase.TRAIN, flag=Flag.A,
    history=nested, counter=counter, size=torch.Size([1, 2]), dtype=torch.float16, other=torch.complex64, device=torch.device("cuda:0"), layout=torch.strided,
    config=Config(a=1, b=Config(c=[1])), losses=History([1, 2]), slots=Slots(), touch=Touch(), inner=Outer.Inner(), old=Old(), made=Made(1, b=2),
    values={1, 2}, frozen=frozenset([3]), raw=b"bytes", array=bytearray(b"x"), big=2 ** 200, negative=-2 ** 70, complex=1 + 2j, ellipsis=..., none=None,
    range=range(3), deque=collections.deque([1, 2], maxlen=5), path=pathlib.PurePosixPath("x"), function=len, level=logging.INFO, rng=torch.get_rng_state(), numpy_rng=numpy.random.get_state(),
    frequencies=torch.polar(torch.ones(2), torch.ones(2)), sparse=torch.eye(2).to_sparse(), quantized=torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
    optimizer=optimizer.state_dict(), scaler={"scale": 65536.0}, scheduler=dict(last_epoch=3, base_lrs=[0.1]),
)
for protocol in (2, 3, 4, 5):
    torch.save(dict(beside, state_dict=state, epoch=3), f"{folder}/beside-{protocol}.pth", pickle_protocol=protocol)
plain = {key: value for key, value in beside.items() if key not in ("frequencies", "quantized")}
torch.save(dict(plain, state_dict=state), folder + "/legacy.pth", _use_new_zipfile_serialization=False)
torch.save(dict(beside, model=parallel, model_ema=averaged.state_dict()), folder + "/parallel.pth")
torch.save(net, folder + "/whole.pth")
torch.save({"model": net}, folder + "/whole-model.pth")
torch.save(collections.defaultdict(int, state), folder + "/default.pth")
torch.jit.save(torch.jit.script(net), folder + "/script.pth")
print(json.dumps({name: t.flatten().tolist() for name, t in state.items()}))
`;

describe("checkpoints of training programs", { skip: withoutTorch }, () => {
  const saved = withoutTorch
    ? {}
    : JSON.parse(execFileSync(PYTHON, ["-W", "ignore", "-c", SAVE, folder], { encoding: "utf8" }));
  const load = (name: string, key?: string) =>
    loadTensors(join(folder, name), key === undefined ? {} : { key });
  const contents = (name: string, key?: string) =>
    Object.fromEntries(
      [...load(name, key).tensors].map(([path, t]) => [
        path,
        Array.from(t.toTypedArray() as Float32Array, Number),
      ]),
    );

  for (const name of ["beside-2", "beside-3", "beside-4", "beside-5", "legacy"]) {
    it(`${name}.pth: the state dict is found beside values of all kinds`, () => {
      assert.deepEqual(contents(`${name}.pth`), saved);
      assert.equal(load(`${name}.pth`).key, "state_dict");
      assert.deepEqual(load(`${name}.pth`).otherKeys, []);
    });
  }

  it("nothing that the files name is run", () => {
    assert.ok(!existsSync(join(folder, "touched")));
  });

  it("a defaultdict is a state dict", () => assert.deepEqual(contents("default.pth"), saved));

  it("the average is read on request, and named otherwise", () => {
    const { key, otherKeys } = load("parallel.pth");
    assert.deepEqual([key, otherKeys], ["model", ["model_ema"]]);
    const average = contents("parallel.pth", "model_ema");
    assert.deepEqual(average.n_averaged, [0]);
    assert.deepEqual(average["module.0.weight"], saved["0.weight"]);
  });

  it("a whole model and a TorchScript archive are refused as what they are", () => {
    const cases = {
      "whole.pth": /whole "torch\.nn\.modules\.container\.Sequential"/,
      "whole-model.pth": /whole "torch\.nn\.modules\.container\.Sequential"/,
      "script.pth": /a TorchScript archive/,
    };
    for (const [name, pattern] of Object.entries(cases))
      assert.throws(
        () => load(name),
        (error) => error instanceof UserError && pattern.test(error.message),
      );
  });
});
