import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { loadTensors, saveTensors } from "../checkpoint/index.js";
import { liveTensors, manualSeed, randn, tensor, tidy } from "../engine/index.js";
import * as nn from "../nn/index.js";
import { OPTIMIZER_CHECKS } from "../testing/check-optimizers.js";
import { storedVectors } from "../testing/vectors.js";
import * as optim from "./index.js";

for (const [what, check] of Object.entries(OPTIMIZER_CHECKS)) {
  test(`${what} equal PyTorch's (stored)`, () => check(storedVectors()));
}

test("a norm that is not finite is returned, and the gradients are not changed", () => {
  const p = nn.parameter(tensor([1, 2]));
  p.grad = tensor([Number.NaN, 3]);
  assert.ok(Number.isNaN(optim.clipGradNorm([p], 1)));
  p.grad = tensor([Number.POSITIVE_INFINITY, 3]);
  assert.equal(optim.clipGradNorm([p], 1), Number.POSITIVE_INFINITY);
  assert.deepEqual((p.grad.toArray() as number[])[1], 3);
  assert.equal(optim.clipGradNorm([nn.parameter(tensor([1]))], 1), 0);
  p.grad = tensor([3, 4]);
  assert.equal(optim.clipGradNorm([p], Number.POSITIVE_INFINITY), 5);
  assert.deepEqual(p.grad.toArray(), [3, 4]);
});

test("zeroGrad removes the gradients, and a step without gradients changes nothing", () => {
  const linear = new nn.Linear(2, 2);
  const optimizer = new optim.SGD(linear, { lr: 1, momentum: 0.9, weightDecay: 0.1 });
  tidy(() =>
    linear
      .forward(randn([3, 2]))
      .sum()
      .backward(),
  );
  optimizer.zeroGrad();
  assert.equal(linear.weight.grad, undefined);
  const before = linear.weight.toTypedArray();
  optimizer.step();
  assert.deepEqual(linear.weight.toTypedArray(), before);
  assert.equal(optimizer.state().tensors.size, 0);
});

test("a group's lrScale scales its learning rate", () => {
  const [a, b] = [nn.parameter(tensor([0])), nn.parameter(tensor([0]))];
  const optimizer = new optim.SGD([{ params: [["a", a]] }, { params: [["b", b]], lrScale: 0.5 }], { lr: 1 });
  a.grad = tensor([1]);
  b.grad = tensor([1]);
  optimizer.step();
  assert.deepEqual([a.item(), b.item()], [-1, -0.5]);
});

test("biases, norms and depthwise kernels are not decayed", () => {
  const net = new nn.Sequential(
    new nn.Conv2d(1, 4, 3),
    new nn.BatchNorm2d(4),
    new nn.Conv2d(4, 4, 3, { groups: 4, bias: false }),
    new nn.Conv2d(4, 8, 1, { groups: 2, bias: false }),
    new nn.Linear(8, 2),
    new nn.LayerNorm(2),
  );
  const [decayed, free] = optim.noDecayGroups(net, 0.05);
  assert.deepEqual(
    Array.from(decayed!.params, ([name]) => name),
    ["0.weight", "3.weight", "4.weight"],
  );
  assert.deepEqual(
    Array.from(free!.params, ([name]) => name),
    ["0.bias", "1.weight", "1.bias", "2.weight", "4.bias", "5.weight", "5.bias"],
  );
  assert.deepEqual([decayed!.weightDecay, free!.weightDecay], [0.05, 0]);
});

class Tokens extends nn.Module {
  readonly cls_token = nn.parameter(randn([1, 1, 2]));
  readonly pos_embed = nn.parameter(randn([1, 3, 2]));
  readonly embeddings_table_v = nn.parameter(randn([4, 2]));
  readonly scale = nn.parameter(randn([2]));
}

test("tokens and positions are decayed by default", () => {
  const tokens = new Tokens();
  const named = (kinds: readonly optim.NoDecayKind[]) =>
    Array.from(optim.noDecayGroups(tokens, 1, kinds)[1]!.params, ([name]) => name);
  assert.deepEqual(named(["bias", "norm", "depthwise"]), []);
  assert.deepEqual(named(["token"]), ["cls_token"]);
  assert.deepEqual(named(["position"]), ["pos_embed", "embeddings_table_v"]);
  const nested = optim.noDecayGroups(new nn.ModuleList([tokens]), 1, ["token", "position"])[1]!;
  assert.equal([...nested.params].length, 3);
});

test("a parameter in two groups is rejected", () => {
  const p = nn.parameter(tensor([1]));
  assert.throws(
    () => new optim.SGD([{ params: [["a", p]] }, { params: [["b", p]] }], { lr: 1 }),
    /b occurs twice/,
  );
  assert.throws(() => new optim.SGD([{ params: [["a", p]] }], { lr: 1, nesterov: true }), /momentum/);
});

/** Two branches. Each step uses one, as in a single-path supernet. */
class TwoPaths extends nn.Module {
  readonly stem = new nn.Linear(4, 8);
  readonly left = new nn.Linear(8, 3);
  readonly right = new nn.Linear(8, 3);

  step(optimizer: optim.Optimizer, iteration: number): void {
    tidy(() => {
      manualSeed(iteration);
      optimizer.lr = 0.05 * optim.cosine(20)(iteration);
      optimizer.zeroGrad();
      const path = iteration % 3 === 0 ? this.left : this.right;
      const target = tensor([0, 1, 2, 0], { dtype: "int64" });
      nn.crossEntropy(path.forward(this.stem.forward(randn([4, 4])).relu()), target).backward();
      optim.clipGradNorm(this.parameters(), 1);
      optimizer.step();
    });
  }
}

const RESUMED: Readonly<Record<string, (net: nn.Module) => optim.Optimizer>> = {
  sgd: (net) => new optim.SGD(optim.noDecayGroups(net, 1e-2), { lr: 0.05, momentum: 0.9, nesterov: true }),
  adamw: (net) => new optim.AdamW(optim.noDecayGroups(net, 1e-2), { lr: 0.05 }),
};

for (const [name, make] of Object.entries(RESUMED)) {
  test(`${name}: 10 steps, a save, a load and 10 more steps equal 20 steps bit for bit`, () => {
    const folder = mkdtempSync(join(tmpdir(), "optim-"));
    try {
      manualSeed(0);
      const whole = new TwoPaths();
      const first = new TwoPaths();
      first.loadStateDict(whole.stateDict());
      const wholeOptimizer = make(whole);
      for (let i = 0; i < 20; i++) whole.step(wholeOptimizer, i);

      const firstOptimizer = make(first);
      for (let i = 0; i < 10; i++) first.step(firstOptimizer, i);
      saveTensors(join(folder, "model"), first.stateDict());
      const { tensors, json } = firstOptimizer.state();
      saveTensors(join(folder, "optimizer"), tensors, { json: JSON.stringify(json) });

      const second = new TwoPaths();
      const secondOptimizer = make(second);
      for (let i = 30; i < 33; i++) second.step(secondOptimizer, i);
      tidy(() => {
        second.loadStateDict(loadTensors(join(folder, "model")).tensors);
        const saved = loadTensors(join(folder, "optimizer"));
        secondOptimizer.loadState({ tensors: saved.tensors, json: JSON.parse(saved.metadata.json!) });
      });
      for (let i = 10; i < 20; i++) second.step(secondOptimizer, i);
      for (const [key, value] of whole.stateDict()) {
        assert.deepEqual(second.stateDict().get(key)!.toTypedArray(), value.toTypedArray(), key);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test("a state that does not match is rejected by name", () => {
  const net = new TwoPaths();
  const optimizer = RESUMED.sgd!(net);
  net.step(optimizer, 0);
  const { tensors, json } = optimizer.state();
  assert.deepEqual([...tensors.keys()].sort(), [
    "left.bias.momentum_buffer",
    "left.weight.momentum_buffer",
    "stem.bias.momentum_buffer",
    "stem.weight.momentum_buffer",
  ]);
  const refuses = (state: optim.OptimizerState, pattern: RegExp) =>
    assert.throws(
      () => optimizer.loadState(state),
      (error: unknown) => error instanceof UserError && pattern.test(error.message),
    );
  refuses({ tensors, json: { ...json, kind: "adamw" } }, /belongs to adamw, not to sgd/);
  refuses({ tensors, json: { ...json, steps: { other: 1 } } }, /no parameter other/);
  refuses({ tensors: new Map(), json }, /momentum_buffer is missing/);
  const wrong = new Map(tensors).set("stem.bias.momentum_buffer", tensor([1]));
  refuses({ tensors: wrong, json }, /stem\.bias\.momentum_buffer has the shape \[1\]/);
});

test("training holds no more tensors after many steps than after a few", () => {
  const net = new TwoPaths();
  const optimizer = RESUMED.adamw!(net);
  for (let i = 0; i < 6; i++) net.step(optimizer, i);
  const before = liveTensors();
  for (let i = 6; i < 60; i++) net.step(optimizer, i);
  assert.equal(liveTensors(), before);
});
