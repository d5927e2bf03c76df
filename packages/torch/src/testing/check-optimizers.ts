// For tests: compares optimizers, clipping, averages and schedules with results of PyTorch.
import assert from "node:assert/strict";
import { type Tensor, tidy } from "../engine/index.js";
import * as nn from "../nn/index.js";
import * as optim from "../optim/index.js";
import { constant, cosine, multiStep, polynomial, type Schedule, withWarmup } from "../optim/schedules.js";
import { difference, type Packed, unpack, type Vectors } from "./vectors.js";

type Params = readonly [optim.NamedParameter, optim.NamedParameter, optim.NamedParameter];
const groups = ([first, ...rest]: Params, weightDecay: number): optim.ParameterGroup[] => [
  { params: [first], weightDecay },
  { params: rest, weightDecay: 0 },
];
const OPTIMIZERS: Readonly<Record<string, (params: Params) => optim.Optimizer>> = {
  sgd: (params) => new optim.SGD([{ params }], { lr: 0.1 }),
  sgdDecay: (params) => new optim.SGD(groups(params, 0.1), { lr: 0.1 }),
  sgdMomentum: (params) => new optim.SGD([{ params }], { lr: 0.1, momentum: 0.9, weightDecay: 0.05 }),
  sgdNesterov: (params) => new optim.SGD(groups(params, 0.05), { lr: 0.1, momentum: 0.9, nesterov: true }),
  adamw: (params) => new optim.AdamW(groups(params, 0.1), { lr: 0.05 }),
  adamwBetas: (params) =>
    new optim.AdamW([{ params }], { lr: 0.05, betas: [0.8, 0.9], eps: 1e-4, weightDecay: 0 }),
};

function close(actual: Tensor, expected: Packed, what: string): void {
  const error = difference(actual, expected);
  assert.ok(error < 2e-6, `${what} differs by ${error}: got ${actual}, expected ${JSON.stringify(expected)}`);
}

function checkTrajectories(vectors: Vectors): void {
  for (const { name, start, gradients, results } of vectors.trajectories) {
    const tensors = start.map((packed) => nn.parameter(unpack(packed)));
    const optimizer = OPTIMIZERS[name]!(tensors.map((p, i) => [`p${i}`, p] as const) as unknown as Params);
    for (const [step, row] of gradients.entries()) {
      optimizer.zeroGrad();
      for (const [i, gradient] of row.entries()) if (gradient !== null) tensors[i]!.grad = unpack(gradient);
      optimizer.step();
      for (const [i, p] of tensors.entries())
        close(p, results[step]![i]!, `${name}: parameter ${i} at ${step}`);
      for (const [i, gradient] of row.entries()) {
        if (gradient !== null) close(tensors[i]!.grad!, gradient, `${name}: gradient ${i} at ${step}`);
      }
    }
  }
}

function checkClips(vectors: Vectors): void {
  for (const { limit, before, norm, after } of vectors.clips) {
    const parameters = before.map((packed) => nn.parameter(unpack(packed)));
    for (const [i, p] of parameters.entries()) p.grad = unpack(before[i]!);
    assert.ok(Math.abs(optim.clipGradNorm(parameters, limit) - norm) < 1e-5);
    for (const [i, p] of parameters.entries()) close(p.grad!, after[i]!, `clipped to ${limit}`);
  }
}

function checkAverages(vectors: Vectors): void {
  for (const { decay, states, results } of vectors.averages) {
    const module = new nn.BatchNorm2d(3);
    const average = new optim.WeightAverage(module, decay);
    for (const [step, state] of states.entries()) {
      tidy(
        () =>
          void module.loadStateDict(
            new Map(Object.entries(state).map(([name, packed]) => [name, unpack(packed)])),
          ),
      );
      average.update(step + 1);
      for (const [name, packed] of Object.entries(results[step]!)) {
        close(average.weights.get(name)!, packed, `${name} averaged over ${step + 1} steps`);
      }
      assert.equal(average.weights.get("num_batches_tracked")!.item(), step);
    }
  }
}

const SCHEDULES: Readonly<Record<string, Schedule>> = {
  polynomial: polynomial(10),
  polynomialSquare: polynomial(10, { power: 2 }),
  cosine: cosine(10, { end: 0.1 }),
  multiStep: multiStep([3, 8], { gamma: 0.2 }),
  warmupOnly: withWarmup(constant, 5, { start: 0.1 }),
};

function checkSchedules({ schedules }: Vectors): void {
  for (const [name, factors] of Object.entries(schedules)) {
    for (const [iteration, factor] of factors.entries()) {
      const actual = SCHEDULES[name]!(iteration);
      assert.ok(
        Math.abs(actual - factor) < 1e-9,
        `${name} at ${iteration}: got ${actual}, PyTorch has ${factor}`,
      );
    }
  }
}

/** Checks of results of PyTorch, by what they are of. */
export const OPTIMIZER_CHECKS: Readonly<Record<string, (vectors: Vectors) => void>> = {
  optimizers: checkTrajectories,
  clipping: checkClips,
  averages: checkAverages,
  schedules: checkSchedules,
};
