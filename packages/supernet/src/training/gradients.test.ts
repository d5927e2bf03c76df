import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { manualSeed, nn, ops, randn, type Tensor, tensor } from "@supernet/torch";
import { InPlaceTeacher } from "../tasks/shared/losses.js";
import { plain } from "../testing/training.js";
import { accumulateGradients, type WeighSubnets } from "./gradients.js";

const settings = { ...plain, clipGradNorm: null };
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-6, `${a}, not ${b}`);

describe("accumulateGradients", () => {
  /** Accumulates gradients of one weight w. The loss of a micro-batch x under a subnet is x * scale * w^2. */
  const given = (batch: readonly number[], scales: readonly number[], weigh?: WeighSubnets) => {
    const w = nn.parameter(tensor([3]));
    let active = Number.NaN;
    const seen: [x: number, scale: number, pass: number, index: number][] = [];
    const result = accumulateGradients<number>(
      {
        settings,
        device: "cpu",
        losses: (x, pass, index): Readonly<Record<string, Tensor>> => {
          seen.push([x, active, pass, index]);
          const loss = w
            .mul(w)
            .mul(x * active)
            .sum();
          return index === 0 ? { lossFirst: loss } : { lossOthers: loss };
        },
      },
      {
        parameters: [w],
        batch,
        iteration: 7,
        active: {
          subnets: scales.map((scale) => ({ scale })),
          activate: ({ scale }) => {
            active = Number(scale);
          },
          weigh,
        },
      },
    );
    return { ...result, gradient: (w.grad!.toArray() as number[])[0]!, seen };
  };

  it("sums gradients over subnets and averages them over micro-batches", () => {
    const { gradient, metrics, losses } = given([1, 3], [1, 10, 100]);
    // d/dw of 111 mean(x) w^2 at w = 3.
    near(gradient, 111 * 2 * 2 * 3);
    near(metrics.gradNorm!, 111 * 2 * 2 * 3);
    assert.deepEqual(losses, [18, 180, 1800]);
    // A loss is averaged over the subnets that have it.
    near(metrics.lossFirst!, 18);
    near(metrics.lossOthers!, (180 + 1800) / 2);
    near(metrics.loss!, (18 + 180 + 1800) / 3);
  });

  it("runs every subnet on each micro-batch, with passes numbered over the training", () => {
    assert.deepEqual(given([1, 3], [1, 10]).seen, [
      [1, 1, 28, 0],
      [1, 10, 29, 1],
      [3, 1, 30, 0],
      [3, 10, 31, 1],
    ]);
  });

  it("multiplies the gradients of the subnets by their factors, which may depend on the losses", () => {
    const seenLosses: number[] = [];
    const { gradient, metrics, losses, seen } = given([1, 3], [1, 10, 100], (subnets, all) => {
      assert.equal(subnets.length, 3);
      seenLosses.push(...all());
      return [0.5, 0, 2];
    });
    assert.deepEqual(seenLosses, [18, 180, 1800]);
    near(gradient, (0.5 + 200) * 2 * 2 * 3);
    // The subnet with factor 0 is not trained, and has no loss.
    assert.deepEqual(losses, [18, 0, 1800]);
    near(metrics.loss!, (18 + 1800) / 2);
    // A pass that is only compared has the number, and so the random numbers, of the pass that is trained.
    const passes = seen.map(([x, scale, pass]) => `${x} ${scale} ${pass}`);
    assert.equal(new Set(passes).size, 6);
    assert.equal(passes.length, 6 + 4);
  });

  it("with one subnet records the metrics of a single network", () => {
    const { gradient, metrics } = given([1, 3], [1]);
    near(gradient, 2 * 2 * 3);
    assert.deepEqual(Object.keys(metrics), ["lossFirst", "loss", "gradNorm"]);
  });
});

describe("in-place distillation", () => {
  const values = (x: Tensor) => (x.toArray() as number[][]).flat();

  it("is the mean cross entropy with the largest subnet's probabilities, without gradient through them", () => {
    manualSeed(1);
    const [large, small] = [randn([4, 3], { requiresGrad: true }), randn([4, 3], { requiresGrad: true })];
    const teacher = new InPlaceTeacher();
    teacher.setTarget(large!);
    const loss = teacher.loss(small!);
    loss.backward();
    const target = values(ops.softmax(large!, 1));
    const logs = values(ops.logSoftmax(small!, 1));
    near(loss.item(), -target.reduce((sum, p, i) => sum + p * logs[i]!, 0) / 4);
    assert.equal(large!.grad, undefined);
    const own = values(ops.softmax(small!, 1));
    for (const [i, g] of values(small!.grad!).entries()) near(g, (own[i]! - target[i]!) / 4);
  });

  it("uses the newest prediction", () => {
    const logits = randn([2, 3]);
    const [once, twice] = [new InPlaceTeacher(), new InPlaceTeacher()];
    once.setTarget(logits);
    twice.setTarget(randn([2, 3]));
    twice.setTarget(logits);
    assert.equal(twice.loss(logits).item(), once.loss(logits).item());
  });
});
