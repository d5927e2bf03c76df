import assert from "node:assert/strict";
import { test } from "node:test";
import { manualSeed, noGrad, type Tensor, tidy } from "../engine/index.js";
import {
  difference,
  freshVectors,
  type Packed,
  storedVectors,
  unpack,
  type Vectors,
} from "../testing/vectors.js";
import * as nn from "./index.js";

const LAYERS: Readonly<Record<string, () => nn.Layer>> = {
  conv: () => new nn.Conv2d(3, 4, 3, { stride: 2, padding: 1 }),
  depthwise: () => new nn.Conv2d(4, 4, [3, 1], { padding: [2, 0], dilation: [2, 1], groups: 4, bias: false }),
  linear: () => new nn.Linear(5, 3),
  linearNoBias: () => new nn.Linear(5, 3, { bias: false }),
  batchNorm: () => new nn.BatchNorm2d(3),
  batchNormCumulative: () => new nn.BatchNorm2d(3, { momentum: null }),
  batchNormPlain: () => new nn.BatchNorm2d(3, { affine: false, trackRunningStats: false }),
  groupNorm: () => new nn.GroupNorm(2, 4),
  layerNorm: () => new nn.LayerNorm(6, { eps: 1e-6 }),
  relu: () => new nn.ReLU(),
  relu6: () => new nn.ReLU6(),
  gelu: () => new nn.GELU(),
  geluTanh: () => new nn.GELU("tanh"),
  identity: () => new nn.Identity(),
  maxPool: () => new nn.MaxPool2d(3, { stride: 2, padding: 1 }),
  maxPoolCeil: () => new nn.MaxPool2d(2, { ceilMode: true }),
  avgPool: () => new nn.AvgPool2d(3, { stride: 1, padding: 1 }),
  avgPoolExclude: () => new nn.AvgPool2d(2, { padding: 1, countIncludePad: false }),
  adaptiveAvgPool: () => new nn.AdaptiveAvgPool2d([2, 3]),
  flatten: () => new nn.Flatten(),
  dropout: () => new nn.Dropout(0.5),
};

type Loss = (input: Tensor, target: Tensor, third: Tensor | undefined) => Tensor;
const LOSSES: Readonly<Record<string, Loss>> = {
  crossEntropy: (x, y) => nn.crossEntropy(x, y),
  crossEntropySum: (x, y) => nn.crossEntropy(x, y, { reduction: "sum" }),
  crossEntropyNone: (x, y) => nn.crossEntropy(x, y, { reduction: "none" }),
  crossEntropySmooth: (x, y) => nn.crossEntropy(x, y, { labelSmoothing: 0.1 }),
  crossEntropyIgnore: (x, y) => nn.crossEntropy(x, y, { ignoreIndex: 2 }),
  crossEntropyWeight: (x, y, weight) => nn.crossEntropy(x, y, { weight: weight! }),
  smoothL1: (x, y) => nn.smoothL1(x, y),
  smoothL1Beta: (x, y) => nn.smoothL1(x, y, { beta: 1 / 9, reduction: "sum" }),
  bce: (x, y) => nn.binaryCrossEntropyWithLogits(x, y),
  bceNone: (x, y) => nn.binaryCrossEntropyWithLogits(x, y, { reduction: "none" }),
  bcePositive: (x, y, p) => nn.binaryCrossEntropyWithLogits(x, y, { positiveWeight: p! }),
};

type Fill = (weight: Tensor) => Tensor;
const INITIALS: Readonly<Record<string, Fill>> = {
  kaimingUniform: (w) => nn.init.kaimingUniform(w, { nonlinearity: "relu" }),
  kaimingNormalOut: (w) => nn.init.kaimingNormal(w, { mode: "fanOut", nonlinearity: "relu" }),
  kaimingSlope: (w) => nn.init.kaimingNormal(w, { slope: 0.3 }),
  xavierUniform: (w) => nn.init.xavierUniform(w),
  xavierNormal: (w) => nn.init.xavierNormal(w, nn.init.gain("tanh")),
  normal: (w) => nn.init.normal(w, 0.5, 0.01),
  truncatedNormal: (w) => nn.init.truncatedNormal(w, 0, 0.02),
  truncatedNormalNear: (w) => nn.init.truncatedNormal(w, 0.1, 1, -0.5, 1.5),
};

function close(actual: Tensor | undefined, expected: Packed, what: string): void {
  assert.ok(actual !== undefined, `${what} is missing`);
  const error = difference(actual, expected);
  assert.ok(error < 1e-5, `${what} differs by ${error}: got ${actual}, expected ${JSON.stringify(expected)}`);
}

function closeState(module: nn.Module, expected: Readonly<Record<string, Packed>>, what: string): void {
  const state = module.stateDict();
  assert.deepEqual([...state.keys()], Object.keys(expected));
  for (const [name, packed] of Object.entries(expected)) close(state.get(name), packed, `${what} ${name}`);
}

function checkLayers(vectors: Vectors): void {
  for (const { name, train, state, inputs, outputs, ...expected } of vectors.layers) {
    tidy(() => {
      const module = LAYERS[name]!().train(train);
      module.loadStateDict(new Map(Object.entries(state).map(([key, packed]) => [key, unpack(packed)])));
      const xs = inputs.map((packed) => unpack(packed));
      for (const x of xs) x.requiresGrad = true;
      const ys = xs.map((x) => module.forward(x));
      for (const [i, y] of ys.entries()) close(y, outputs[i]!, `${name}: output ${i}`);
      ys.at(-1)!.mul(unpack(expected.cotangent)).sum().backward();
      close(xs.at(-1)!.grad, expected.inputGradient, `${name}: gradient of the input`);
      for (const [key, parameter] of module.namedParameters()) {
        close(parameter.grad, expected.gradients[key]!, `${name}: gradient of ${key}`);
      }
      closeState(module, expected.stateAfter, name);
    });
  }
}

function checkLosses(vectors: Vectors): void {
  for (const { name, inputs, value, gradient } of vectors.losses) {
    tidy(() => {
      const [x, target, third] = inputs.map(unpack);
      x!.requiresGrad = true;
      const loss = LOSSES[name]!(x!, target!, third);
      close(loss, value, name);
      loss.sum().backward();
      close(x!.grad, gradient, `${name}: gradient`);
    });
  }
}

function checkInitials({ initials }: Vectors): void {
  manualSeed(5);
  const layers = new nn.Sequential(
    new nn.Conv2d(3, 4, 3),
    new nn.Linear(4, 5),
    new nn.BatchNorm2d(3),
    new nn.LayerNorm(2),
  );
  closeState(layers, initials.layers, "default of layer");
  const weight = new nn.Conv2d(4, 6, 2).weight;
  for (const [name, fill] of Object.entries(INITIALS)) {
    const expected = initials[name];
    if (expected === undefined) continue; // this PyTorch samples in another way: see make_vectors.py
    manualSeed(5);
    close(fill(weight), expected, name);
  }
}

const CHECKS = { layers: checkLayers, losses: checkLosses, initializers: checkInitials };

for (const [what, check] of Object.entries(CHECKS)) {
  test(`${what} equal the results of PyTorch (stored)`, () => check(storedVectors()));
}

test("layers, losses and initializers equal the results of this machine's PyTorch", (t) => {
  const vectors = freshVectors();
  if (vectors === undefined) return t.skip("python3 with torch is not installed");
  for (const check of Object.values(CHECKS)) check(vectors);
});

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
