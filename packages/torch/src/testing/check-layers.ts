// For tests: compares layers, losses and initializers with results of PyTorch.
import assert from "node:assert/strict";
import { manualSeed, type Tensor, tidy } from "../engine/index.js";
import * as nn from "../nn/index.js";
import { difference, type Packed, unpack, type Vectors } from "./vectors.js";

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
  sigmoid: () => new nn.Sigmoid(),
  silu: () => new nn.SiLU(),
  hardsigmoid: () => new nn.Hardsigmoid(),
  hardswish: () => new nn.Hardswish(),
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

/** Checks of results of PyTorch, by what they are of. */
export const LAYER_CHECKS: Readonly<Record<string, (vectors: Vectors) => void>> = {
  layers: checkLayers,
  losses: checkLosses,
  initializers: checkInitials,
};
