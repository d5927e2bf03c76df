import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { manualSeed, nn, noGrad, Random, randn, tidy } from "@supernet/torch";
import { createEstimator } from "../cost/estimator.js";
import { classifierParts } from "../network/network-space.js";
import { sampleSubnet } from "../space/sample.js";
import { sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import { activeStateDict } from "./active-state.js";
import { SpaceBackbone } from "./backbone.js";
import { SpaceClassifier } from "./classifier.js";
import { recalibrateBatchNorm } from "./recalibrate.js";

const small = sposShuffleNetV2({
  stem: 8,
  blocks: [2, 1, 2, 1],
  channels: [16, 32, 64, 128],
  last: 32,
});
const subnets = Array.from({ length: 6 }, (_, i) => sampleSubnet(small, Random.of("subnet", i)));

describe("ShuffleNetV2 of the SPOS space", () => {
  it("has as many parameters as the estimate says, for any subnet", () => {
    const estimator = createEstimator("classifier", classifierParts(small, 10), [3, 32, 32]);
    for (const subnet of subnets) {
      const network = new SpaceClassifier(small, 10, subnet);
      const count = network.parameters().reduce((sum, { numel }) => sum + numel, 0);
      assert.equal(count, estimator.measure(subnet).params);
    }
  });

  it("gives one map a stage at strides 4, 8, 16, 32", () => {
    const shapes = tidy(() =>
      new SpaceBackbone(small).forward(randn([2, 3, 64, 96])).map((map) => map.shape),
    );
    assert.deepEqual(shapes, [
      [2, 16, 16, 24],
      [2, 32, 8, 12],
      [2, 64, 4, 6],
      [2, 128, 2, 3],
    ]);
  });

  it("runs the active path alone: its stand-alone copy gives the same outputs, bit for bit", () => {
    manualSeed(1);
    const supernet = new SpaceClassifier(small, 10);
    const image = randn([4, 3, 32, 32]);
    for (const subnet of subnets) {
      const network = new SpaceClassifier(small, 10, subnet);
      supernet.eval().activate(subnet);
      network.loadStateDict(activeStateDict(supernet));
      const [shared, own] = noGrad(() =>
        [supernet, network.eval()].map((model) => model.forward(image).toTypedArray()),
      );
      assert.deepEqual(shared, own);
    }
    supernet.activate(subnets[0]!);
    const first = noGrad(() => supernet.forward(image).toArray());
    supernet.activate(subnets[1]!);
    assert.notDeepEqual(
      noGrad(() => supernet.forward(image).toArray()),
      first,
    );
  });

  it("leaves other paths without gradients", () => {
    const supernet = new SpaceClassifier(small, 10);
    const subnet = subnets[0]!;
    supernet.activate(subnet);
    tidy(() =>
      supernet
        .forward(randn([2, 3, 32, 32]))
        .sum()
        .backward(),
    );
    for (const [name, tensor] of supernet.namedParameters()) {
      const decision = name.match(/layers\.\d+\.\d+/)?.[0];
      const onPath = decision === undefined || name.includes(`${decision}.${subnet[decision]}.`);
      assert.equal(tensor.grad !== undefined, onPath, name);
    }
  });
});

describe("recalibrateBatchNorm", () => {
  it("makes the statistics the mean over the batches, and leaves the mode as it was", async () => {
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
});
