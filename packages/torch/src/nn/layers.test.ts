import assert from "node:assert/strict";
import { test } from "node:test";
import { manualSeed, noGrad, tidy } from "../engine/index.js";
import { LAYER_CHECKS } from "../testing/check-layers.js";
import { storedVectors } from "../testing/vectors.js";
import * as nn from "./index.js";

for (const [what, check] of Object.entries(LAYER_CHECKS)) {
  test(`${what} equal the results of PyTorch (stored)`, () => check(storedVectors()));
}

test("dropout keeps the mean, zeroes the expected fraction, and is off in evaluation", () => {
  tidy(() => {
    manualSeed(0);
    const dropout = new nn.Dropout(0.25);
    const x = nn.init.constant(new nn.Linear(100, 100).weight.detach(), 1);
    const y = dropout.forward(x);
    const kept = y.gt(0).to({ dtype: "float32" }).mean().item();
    assert.ok(Math.abs(kept - 0.75) < 0.03, `${kept} kept`);
    assert.ok(Math.abs(y.max().item() - 4 / 3) < 1e-6);
    assert.equal(dropout.eval().forward(x), x);
  });
});

test("an initializer is not recorded in the gradient's history of a parameter", () => {
  const { weight } = new nn.Linear(2, 2);
  nn.init.constant(weight, 3);
  assert.deepEqual(weight.toArray(), [
    [3, 3],
    [3, 3],
  ]);
  tidy(() => weight.sum().backward());
  assert.deepEqual(weight.grad?.toArray(), [
    [1, 1],
    [1, 1],
  ]);
});

test("channels that are not divisible by the groups are rejected", () => {
  assert.throws(() => new nn.Conv2d(3, 4, 1, { groups: 2 }), /3 and 4 channels.*2 groups/);
  assert.throws(() => new nn.GroupNorm(3, 4), /4 channels.*3 groups/);
});

test("resetting batch-norm clears its statistics", () => {
  noGrad(() =>
    tidy(() => {
      const norm = new nn.BatchNorm2d(2);
      const fresh = [...norm.stateDict().values()].map(String);
      norm.forward(new nn.Conv2d(2, 2, 1).forward(nn.init.uniform(new nn.Conv2d(2, 4, 3).weight.detach())));
      assert.notDeepEqual([...norm.stateDict().values()].map(String), fresh);
      norm.resetRunningStats();
      assert.deepEqual([...norm.stateDict().values()].map(String), fresh);
    }),
  );
});
