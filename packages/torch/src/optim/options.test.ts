import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as nn from "../nn/index.js";
import * as optim from "./index.js";

/** The same functions as plain JavaScript sees them: any arguments. */
const classes = optim as unknown as Readonly<Record<string, new (...args: unknown[]) => unknown>>;
const functions = optim as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;

describe("optimizers", () => {
  const model = new nn.Linear(2, 2);
  const params = [...model.namedParameters()];
  const cases: [name: string, args: unknown[], message: RegExp][] = [
    ["SGD", [model], /SGD: options must be an object with options, got undefined/],
    ["SGD", [model, {}], /SGD: lr must be a number of at least 0, got undefined/],
    ["SGD", [model, { lr: "0.1" }], /SGD: lr must be a number of at least 0, got "0.1"/],
    ["SGD", [model, { lr: 0.1, momentum: Number.NaN }], /SGD: momentum must be a number/],
    ["SGD", [model, { lr: 0.1, momentum: 0.9, nesterov: 1 }], /SGD: nesterov must be true or false/],
    ["SGD", [model, { lr: 0.1, weightDecay: -1 }], /SGD: weightDecay must be a number of at least 0/],
    ["SGD", [undefined, { lr: 0.1 }], /the optimizer's parameters must be a Module, got undefined/],
    ["SGD", [[{}], { lr: 0.1 }], /a parameter group must have params/],
    ["SGD", [[{ params: [["w", 1]] }], { lr: 0.1 }], /parameter group: parameter w must be a Tensor, got 1/],
    ["SGD", [[{ params, lrScale: "2" }], { lr: 0.1 }], /parameter group: lrScale must be a number/],
    ["AdamW", [model, {}], /AdamW: lr must be a number of at least 0, got undefined/],
    ["AdamW", [model, { lr: 0.1, betas: 0.9 }], /AdamW: betas must be two numbers/],
    [
      "AdamW",
      [model, { lr: 0.1, betas: [0.9, 1] }],
      /AdamW: betas must be a number of at least 0 and below 1/,
    ],
    ["AdamW", [model, { lr: 0.1, eps: "x" }], /AdamW: eps must be a number/],
    ["AdamW", [[{ params, weightDecay: "1" }], { lr: 0.1 }], /parameter group: weightDecay must be a number/],
    ["WeightAverage", [model], /WeightAverage: decay must be a number above 0 and below 1, got undefined/],
    ["WeightAverage", [{}, 0.9], /WeightAverage: model must be a Module/],
  ];
  for (const [name, args, message] of cases) {
    it(`${name} names the option: ${message.source}`, () => {
      assert.throws(() => new classes[name]!(...args), message);
    });
  }

  it("take no step with a rate that is not a number", () => {
    for (const optimizer of [new optim.SGD(model, { lr: 0.1 }), new optim.AdamW(model, { lr: 0.1 })]) {
      optimizer.lr = undefined as never;
      assert.throws(() => optimizer.step(), /lr must be a number of at least 0, got undefined/);
    }
  });

  it("name a wrong limit, kind of parameter or step", () => {
    assert.throws(
      () => functions.clipGradNorm!(model.parameters()),
      /clipGradNorm: maxNorm must be a number/,
    );
    assert.throws(() => functions.noDecayGroups!(model), /noDecayGroups: weightDecay must be a number/);
    assert.throws(
      () => functions.noDecayGroups!(model, 0.1, ["biases"]),
      /noDecayGroups: kinds must be one of bias, norm, depthwise, token, position, got "biases"/,
    );
    assert.throws(() => new optim.WeightAverage(model, 0.9).update(0), /WeightAverage.update: n must be/);
  });
});

describe("schedules", () => {
  it("name the argument that is missing or wrong", () => {
    const cases: [call: () => unknown, message: RegExp][] = [
      [() => functions.cosine!(), /cosine: iterations must be a number of at least 0, got undefined/],
      [() => functions.cosine!(10, { end: "0" }), /cosine: end must be a number/],
      [() => functions.polynomial!("10"), /polynomial: iterations must be a number/],
      [() => functions.polynomial!(10, { power: Number.NaN }), /polynomial: power must be a number/],
      [() => functions.multiStep!(5), /multiStep: milestones must be an array of numbers/],
      [() => functions.multiStep!([5, "8"]), /multiStep: milestones must be a number/],
      [() => functions.multiStep!([5], { gamma: null }), /multiStep: gamma must be a number, got null/],
      [() => functions.withWarmup!(0.1, 10), /withWarmup: schedule must be a function/],
      [() => functions.withWarmup!(optim.constant), /withWarmup: iterations must be a number/],
      [() => functions.withWarmup!(optim.constant, 10, { start: "" }), /withWarmup: start must be a number/],
      [
        () => optim.cosine(10)(undefined as never),
        /the schedule's iteration must be a number, got undefined/,
      ],
      [() => optim.multiStep([5])("5" as never), /the schedule's iteration must be a number, got "5"/],
    ];
    for (const [call, message] of cases) assert.throws(call, message);
  });
});
