import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { manualSeed, nn, noGrad, rand, randn, tidy } from "@supernet/torch";
import { fuseBatchNorms } from "./fuse.js";

function normOf(channels: number, affine = true): nn.BatchNorm2d {
  const norm = new nn.BatchNorm2d(channels, { affine });
  noGrad(() =>
    tidy(() => {
      norm.running_mean!.copy_(randn([channels]));
      norm.running_var!.copy_(rand([channels]).add(0.1));
      norm.weight?.copy_(randn([channels]));
      norm.bias?.copy_(randn([channels]));
    }),
  );
  return norm;
}

describe("fuseBatchNorms", () => {
  it("keeps the outputs of a network with half of its layers", () => {
    manualSeed(4);
    const inner = new nn.Sequential(
      new nn.Conv2d(6, 6, 3, { groups: 6, padding: 1, bias: false }),
      normOf(6),
      new nn.ReLU6(),
      new nn.Conv2d(6, 4, 1),
      normOf(4, false),
    );
    const network = new nn.Sequential(
      normOf(3),
      new nn.Conv2d(3, 6, 3, { stride: 2 }),
      normOf(6),
      new nn.ReLU(),
      inner,
      new nn.ReLU(),
    );
    network.eval().to({ dtype: "float64" });
    noGrad(() =>
      tidy(() => {
        const x = randn([2, 3, 9, 9]).mul(3).to({ dtype: "float64" });
        const expected = network.forward(x);
        fuseBatchNorms(network);
        assert.deepEqual([network.length, inner.length], [4, 2]);
        assert.ok(expected.abs().max().item() > 1);
        assert.ok(network.forward(x).sub(expected).abs().max().item() < 1e-12);
      }),
    );
  });
});
