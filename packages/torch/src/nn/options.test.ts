import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ones, tensor } from "../engine/index.js";
import * as nn from "./index.js";

/** The same functions as plain JavaScript sees them: any arguments. */
type Untyped = Readonly<Record<string, new (...args: unknown[]) => unknown>>;
const modules = nn as unknown as Untyped;
const functions = nn as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;
const init = nn.init as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;

describe("modules", () => {
  const cases: [name: string, args: unknown[], message: RegExp][] = [
    ["Conv2d", [], /Conv2d: inChannels must be an integer/],
    ["Conv2d", [3, 4], /Conv2d: kernelSize must be an integer of at least 1, got undefined/],
    ["Conv2d", [3, 4, [3]], /Conv2d: kernelSize must be a number or \[height, width\]/],
    ["Conv2d", [3, "4", 3], /Conv2d: outChannels must be an integer/],
    ["Conv2d", [3, 4, 3, { stride: 0 }], /Conv2d: stride must be an integer of at least 1, got 0/],
    ["Conv2d", [3, 4, 3, { padding: "same" }], /Conv2d: padding must be an integer/],
    ["Conv2d", [3, 4, 3, { groups: 1.5 }], /Conv2d: groups must be an integer/],
    ["Conv2d", [3, 4, 3, { bias: "no" }], /Conv2d: bias must be true or false/],
    ["Conv2d", [3, 4, 3, null], /Conv2d: options must be an object/],
    ["Linear", [4], /Linear: outFeatures must be an integer/],
    ["Linear", [4, 2, { bias: 0 }], /Linear: bias must be true or false/],
    ["BatchNorm2d", [], /BatchNorm2d: numFeatures must be an integer/],
    ["BatchNorm2d", [4, { momentum: "0.1" }], /BatchNorm2d: momentum must be a number/],
    ["BatchNorm2d", [4, { eps: Number.NaN }], /BatchNorm2d: eps must be a number/],
    ["BatchNorm2d", [4, { affine: "false" }], /BatchNorm2d: affine must be true or false/],
    ["BatchNorm2d", [4, { trackRunningStats: 0 }], /BatchNorm2d: trackRunningStats must be/],
    ["GroupNorm", [4], /GroupNorm: numChannels must be an integer/],
    ["GroupNorm", [0, 4], /GroupNorm: numGroups must be an integer of at least 1/],
    ["GroupNorm", [2, 4, { eps: "x" }], /GroupNorm: eps must be a number/],
    ["LayerNorm", [], /LayerNorm: normalizedShape must be/],
    ["LayerNorm", [[2, 1.5]], /LayerNorm: normalizedShape must be an integer/],
    ["LayerNorm", [2, { affine: 1 }], /LayerNorm: affine must be true or false/],
    ["MaxPool2d", [], /MaxPool2d: kernelSize must be an integer/],
    ["MaxPool2d", [2, { stride: "2" }], /MaxPool2d: stride must be an integer/],
    ["MaxPool2d", [2, { ceilMode: 1 }], /MaxPool2d: ceilMode must be true or false/],
    ["AvgPool2d", [2, { padding: -1 }], /AvgPool2d: padding must be an integer of at least 0/],
    ["AvgPool2d", [2, { countIncludePad: "" }], /AvgPool2d: countIncludePad must be true or false/],
    ["AdaptiveAvgPool2d", [], /AdaptiveAvgPool2d: outputSize must be an integer/],
    ["Flatten", ["1"], /Flatten: startDim must be an integer/],
    ["Dropout", [Number.NaN], /Dropout: p must be a number of at least 0 and at most 1, got NaN/],
    ["Dropout", ["0.5"], /Dropout: p must be a number/],
    ["ReLU", ["yes"], /ReLU: inPlace must be true or false/],
    ["GELU", ["fast"], /GELU: approximate must be one of none, tanh, got "fast"/],
    ["Sequential", [undefined], /Sequential: module 0 must be a Module, got undefined/],
    ["ModuleList", [[{}]], /ModuleList: module 0 must be a Module/],
    ["ModuleDict", [{ a: 1 }], /ModuleDict: module a must be a Module, got 1/],
  ];
  for (const [name, args, message] of cases) {
    it(`${name}(${JSON.stringify(args).slice(1, -1)}) names the option`, () => {
      assert.throws(() => new modules[name]!(...args), message);
    });
  }

  it("load no state that is not a map, and take no parameter that is not a tensor", () => {
    const linear = new nn.Linear(1, 1);
    assert.throws(
      () => linear.loadStateDict({} as never),
      /loadStateDict: dict must be a Map, got an object/,
    );
    assert.throws(() => nn.parameter([1] as never), /parameter: tensor must be a Tensor, got an array/);
    assert.throws(() => nn.buffer(1 as never), /buffer: tensor must be a Tensor, got 1/);
  });
});

describe("losses and initializers", () => {
  const x = ones([1, 2]);
  const label = tensor([0], { dtype: "int64" });

  it("name the option that is wrong", () => {
    const cases: [call: () => unknown, message: RegExp][] = [
      [
        () => functions.crossEntropy!(x, label, { reduction: "average" }),
        /crossEntropy: reduction must be one of none, mean, sum, got "average"/,
      ],
      [
        () => functions.crossEntropy!(x, label, { labelSmoothing: 2 }),
        /crossEntropy: labelSmoothing must be/,
      ],
      [() => functions.crossEntropy!(x, label, { ignoreIndex: "a" }), /crossEntropy: ignoreIndex must be/],
      [() => functions.smoothL1!(x, x, { beta: Number.NaN }), /smoothL1: beta must be a number/],
      [() => functions.smoothL1!(x, x, { reduction: "avg" }), /smoothL1: reduction must be one of/],
      [
        () => functions.binaryCrossEntropyWithLogits!(x, x, { reduction: 1 }),
        /binaryCrossEntropyWithLogits: reduction must be one of/,
      ],
      [() => init.gain!("sigmoid"), /gain: nonlinearity must be one of linear, tanh, relu, leakyRelu/],
      [() => init.kaimingUniform!(x, { mode: "fan_in" }), /fan: mode must be one of fanIn, fanOut/],
      [() => init.kaimingNormal!(x, { slope: "1" }), /gain: slope must be a number/],
      [() => init.constant!(x), /constant: value must be a number, got undefined/],
      [() => init.uniform!(x, 1, 0), /uniform: high must be a number of at least 1, got 0/],
      [() => init.normal!(x, 0, -1), /normal: deviation must be a number of at least 0/],
      [() => init.truncatedNormal!(x, 0, 0), /truncatedNormal: deviation must be a number above 0/],
      [() => init.xavierUniform!(x, Number.NaN), /xavier: factor must be a number/],
    ];
    for (const [call, message] of cases) assert.throws(call, message);
  });
});
