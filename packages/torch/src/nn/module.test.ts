import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { liveTensors, ones, type Tensor, tensor, tidy, zeros } from "../engine/index.js";
import * as nn from "./index.js";

class Block extends nn.Module {
  readonly scale = nn.parameter(ones([2]));
  readonly conv1 = new nn.Conv2d(2, 2, 1, { bias: false });
  readonly running = nn.buffer(zeros([2]));
  readonly choices = new nn.ModuleDict({ a: new nn.Identity(), b: new nn.Linear(2, 2) });
  readonly stages = new nn.ModuleList([new nn.ReLU(), new nn.Sequential(new nn.BatchNorm2d(2))]);
  readonly offset = nn.parameter(zeros([2]));
  readonly plain = [1, 2, 3];

  forward(x: Tensor): Tensor {
    return this.conv1.forward(x);
  }
}

const NAMES = [
  "scale",
  "offset",
  "running",
  "conv1.weight",
  "choices.b.weight",
  "choices.b.bias",
  "stages.1.0.weight",
  "stages.1.0.bias",
  "stages.1.0.running_mean",
  "stages.1.0.running_var",
  "stages.1.0.num_batches_tracked",
];

test("names and order match PyTorch: parameters, buffers, then children in order of assignment", () => {
  assert.deepEqual([...new Block().stateDict().keys()], NAMES);
  assert.deepEqual(
    Array.from(new Block().namedParameters("net"), ([name]) => name),
    [
      "net.scale",
      "net.offset",
      "net.conv1.weight",
      "net.choices.b.weight",
      "net.choices.b.bias",
      "net.stages.1.0.weight",
      "net.stages.1.0.bias",
    ],
  );
  assert.deepEqual(
    Array.from(new Block().namedModules(), ([name]) => name),
    ["", "conv1", "choices", "choices.a", "choices.b", "stages", "stages.0", "stages.1", "stages.1.0"],
  );
  assert.deepEqual(
    Array.from(new Block().namedBuffers("", false), ([name]) => name),
    ["running"],
  );
});

test("a shared tensor is trained once and saved under each name", () => {
  class Tied extends nn.Module {
    readonly one = new nn.Linear(2, 2, { bias: false });
    readonly two = this.one;
  }
  const tied = new Tied();
  assert.equal(tied.parameters().length, 1);
  assert.deepEqual([...tied.stateDict().keys()], ["one.weight", "two.weight"]);
});

test("a container's own properties are children too", () => {
  class Head extends nn.Sequential {
    readonly last = new nn.Linear(2, 1, { bias: false });
  }
  assert.deepEqual(
    [...new Head(new nn.Linear(2, 2, { bias: false })).stateDict().keys()],
    ["0.weight", "last.weight"],
  );
});

test("train and eval reach every module", () => {
  const block = new Block();
  block.eval();
  assert.deepEqual(
    new Set(Array.from(block.namedModules(), ([, module]) => module.training)),
    new Set([false]),
  );
  block.train();
  assert.deepEqual(
    new Set(Array.from(block.namedModules(), ([, module]) => module.training)),
    new Set([true]),
  );
});

test("loading a state dict copies its tensors", () => {
  const source = new Block();
  const target = new Block();
  nn.init.constant(source.scale, 5);
  assert.deepEqual(target.loadStateDict(source.stateDict()), { missing: [], unexpected: [] });
  nn.init.constant(source.scale, 6);
  assert.deepEqual(target.scale.toArray(), [5, 5]);
  assert.deepEqual(target.conv1.weight.toArray(), source.conv1.weight.toArray());
  assert.ok(target.scale.requiresGrad);
});

test("a state dict that does not match is rejected by key, and nothing is copied", () => {
  const block = new Block();
  const dict = new Map([...new Block().stateDict()].map(([name, value]) => [name, value.add(1)]));
  dict.delete("offset");
  dict.set("ofset", ones([2]));
  const message = (options?: { strict?: boolean }) => {
    try {
      block.loadStateDict(dict, options);
    } catch (error) {
      assert.ok(error instanceof UserError);
      return error.message;
    }
    return "";
  };
  assert.match(message(), /missing offset; unexpected ofset \(did you mean offset\?\)/);
  dict.set("conv1.weight", ones([2, 2, 3, 3]));
  assert.match(
    message({ strict: false }),
    /conv1\.weight is \[2, 2, 3, 3\], but the model has \[2, 2, 1, 1\]/,
  );
  assert.deepEqual(block.scale.toArray(), [1, 1]);
  dict.delete("conv1.weight");
  assert.deepEqual(block.loadStateDict(dict, { strict: false }), {
    missing: ["offset", "conv1.weight"],
    unexpected: ["ofset"],
  });
  assert.deepEqual(block.scale.toArray(), [2, 2]);
});

test("a batch-norm's batch count may be missing", () => {
  const block = new Block();
  const dict = new Map(new Block().stateDict());
  dict.delete("stages.1.0.num_batches_tracked");
  assert.deepEqual(block.loadStateDict(dict).missing, ["stages.1.0.num_batches_tracked"]);
  assert.equal(block.to({ dtype: "float64" }).loadStateDict(dict).missing.length, 1);
  dict.delete("stages.1.0.running_mean");
  assert.throws(() => block.loadStateDict(dict), /missing stages\.1\.0\.running_mean: /);
});

test("a long list of wrong keys is truncated", () => {
  const dict = new Map(Array.from({ length: 40 }, (_, i) => [`x${i}`, ones([1])] as const));
  assert.throws(() => new nn.Identity().loadStateDict(dict), /x4 and 35 more/);
});

test("parameters created inside a scope outlive it", () => {
  const linear = tidy(() => new nn.Linear(2, 3));
  assert.equal(linear.weight.disposed, false);
  const before = liveTensors();
  tidy(() =>
    linear
      .forward(ones([4, 2]))
      .sum()
      .backward(),
  );
  assert.equal(liveTensors(), before);
  assert.deepEqual(linear.bias?.grad?.toArray(), [4, 4, 4]);
});

test("changing the type converts only floating-point tensors and keeps frozen parameters frozen", () => {
  const block = new Block();
  block.scale.requiresGrad = false;
  block.to({ dtype: "float64" });
  const dtypes = Object.fromEntries([...block.stateDict()].map(([name, value]) => [name, value.dtype]));
  assert.equal(dtypes["stages.1.0.num_batches_tracked"], "int64");
  assert.equal(dtypes["stages.1.0.running_mean"], "float64");
  assert.equal(dtypes["conv1.weight"], "float64");
  assert.equal(block.scale.requiresGrad, false);
  assert.equal(block.offset.requiresGrad, true);
  assert.equal(block.forward(ones([1, 2, 1, 1], { dtype: "float64" })).dtype, "float64");
});

test("containers return their modules", () => {
  const relu = new nn.ReLU();
  const stack = new nn.Sequential(relu, new nn.Flatten());
  assert.deepEqual([stack.length, stack.at(0) === relu, [...stack].length], [2, true, 2]);
  assert.deepEqual(stack.forward(tensor([[[-1, 2]]])).toArray(), [[0, 2]]);
  const list = new nn.ModuleList([relu]);
  list.push(new nn.ReLU());
  assert.deepEqual([list.length, list.at(-1) === relu, [...list].length], [2, false, 2]);
  const dict = new nn.ModuleDict([["shuffle_3x3", relu]]);
  assert.equal(dict.get("shuffle_3x3"), relu);
  assert.deepEqual(
    [...dict].map(([name]) => name),
    ["shuffle_3x3"],
  );
  assert.throws(() => dict.set("a.b", relu), RangeError);
});
