import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { manualSeed, nn, randn } from "@supernet/torch";
import { recalibrateBatchNorm } from "./recalibrate.js";

describe("recalibrateBatchNorm", () => {
  it("sets the statistics to the mean over the batches and restores the mode", async () => {
    manualSeed(2);
    const norm = new nn.BatchNorm2d(3).eval();
    const batches = [randn([8, 3, 4, 4]).mul(2).add(1), randn([8, 3, 4, 4]).sub(3)];
    await recalibrateBatchNorm(norm, batches, (batch) => norm.forward(batch));
    const expected = batches[0]!
      .mean([0, 2, 3])
      .add(batches[1]!.mean([0, 2, 3]))
      .div(2)
      .toArray() as number[];
    for (const [i, value] of (norm.running_mean!.toArray() as number[]).entries()) {
      assert.ok(Math.abs(value - expected[i]!) < 1e-5);
    }
    assert.equal(norm.training, false);
    assert.equal(norm.momentum, 0.1);
  });

  it("does not run a model without batch-norms", async () => {
    const model = new nn.Linear(2, 2);
    await recalibrateBatchNorm(model, [1, 2], () => assert.fail("it ran"));
  });
});
