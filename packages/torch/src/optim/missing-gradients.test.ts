// A supernet's optimizer ignores candidates that an iteration did not run, and holds no state for them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { memory, randn, tidy } from "../engine/index.js";
import * as nn from "../nn/index.js";
import * as optim from "./index.js";

const KINDS = {
  sgd: (model: nn.Module) => new optim.SGD(model, { lr: 0.1, momentum: 0.9, weightDecay: 0.1 }),
  adamw: (model: nn.Module) => new optim.AdamW(model, { lr: 0.1, weightDecay: 0.1 }),
} as const;
/** Size of the optimizer's state, relative to the weights. */
const MEMORY = { sgd: 1, adamw: 2 } as const;

const SIDE = 64;
const BYTES = SIDE * SIDE * 4;

/** Three candidates. A step runs some of them. */
class Candidates extends nn.Module {
  readonly a = new nn.Linear(SIDE, SIDE, { bias: false });
  readonly b = new nn.Linear(SIDE, SIDE, { bias: false });
  readonly c = new nn.Linear(SIDE, SIDE, { bias: false });

  backward(...names: readonly ("a" | "b" | "c")[]): void {
    const input = randn([2, SIDE]);
    for (const name of names) this[name].forward(input).pow(2).sum().backward();
  }
}

for (const kind of ["sgd", "adamw"] as const) {
  describe(`${kind} over a supernet`, () => {
    const setUp = () => {
      const model = new Candidates();
      const optimizer = KINDS[kind](model);
      const step = (...names: readonly ("a" | "b" | "c")[]) =>
        tidy(() => {
          model.backward(...names);
          optimizer.step();
          optimizer.zeroGrad();
        });
      return { model, optimizer, step };
    };

    it("creates a candidate's state at its first gradient, and holds no gradients", () => {
      const { model, optimizer, step } = setUp();
      step("a"); // allocates the engine's own buffers
      const before = memory().inUse;
      const remembered = () => [...optimizer.state().tensors.keys()].map((name) => name.split(".")[0]);
      step("a");
      assert.equal(memory().inUse, before);
      assert.deepEqual(new Set(remembered()), new Set(["a"]));
      step("c");
      step("a", "c");
      assert.deepEqual(new Set(remembered()), new Set(["a", "c"]));
      // The allocator adds at most an eighth.
      const grown = (memory().inUse - before) / (MEMORY[kind] * BYTES);
      assert.ok(grown >= 1 && grown <= 1.125, `grew by ${grown} times the state of one candidate`);
      for (const parameter of model.parameters()) assert.equal(parameter.grad, undefined);
    });

    it("neither decays nor moves a candidate that did not run, and later resumes from its state", () => {
      const { model, optimizer, step } = setUp();
      step("a", "b");
      const bits = () => [
        model.b.weight.toTypedArray(),
        ...[...optimizer.state().tensors]
          .filter(([name]) => name.startsWith("b."))
          .map(([, tensor]) => tensor.toTypedArray()),
        optimizer.state().json.steps["b.weight"],
      ];
      const before = bits();
      for (let i = 0; i < 3; i++) step("a", "c");
      assert.deepEqual(bits(), before);
      step("b");
      assert.notDeepEqual(bits(), before);
      assert.equal(optimizer.state().json.steps["b.weight"], 2);
    });
  });
}

describe("missing gradients", () => {
  it("do not count in the norm that clips the others", () => {
    tidy(() => {
      const model = new Candidates();
      model.backward("a", "c");
      const [a, c] = [model.a.weight.grad!.clone(), model.c.weight.grad!.clone()];
      const norm = Math.hypot(a.norm().item(), c.norm().item());
      const measured = optim.clipGradNorm(model.parameters(), norm / 2);
      assert.ok(Math.abs(measured - norm) < 1e-4 * norm);
      assert.equal(model.b.weight.grad, undefined);
      for (const [clipped, whole] of [
        [model.a.weight.grad!, a],
        [model.c.weight.grad!, c],
      ] as const) {
        assert.ok(Math.abs(clipped.norm().item() / whole.norm().item() - 0.5) < 1e-4);
      }
    });
  });

  it("keep a candidate's weights and their average unchanged", () => {
    tidy(() => {
      const model = new Candidates();
      const optimizer = KINDS.sgd(model);
      const average = new optim.WeightAverage(model, 0.9);
      const before = model.b.weight.clone();
      for (let n = 1; n <= 5; n++) {
        model.backward("a");
        optimizer.step();
        optimizer.zeroGrad();
        average.update(n);
      }
      assert.deepEqual(model.b.weight.toTypedArray(), before.toTypedArray());
      const gap = average.weights.get("b.weight")!.sub(before).abs().max().item();
      assert.ok(gap < 1e-6, `the average is off by ${gap}`);
      assert.notDeepEqual(average.weights.get("a.weight")!.toTypedArray(), model.a.weight.toTypedArray());
      for (const tensor of average.weights.values()) tensor.dispose();
    });
  });
});
