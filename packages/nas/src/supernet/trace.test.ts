import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nn, noGrad, type Tensor, zeros } from "@supernet/torch";
import { Random } from "@supernet/torch/random";
import type { Cost } from "../cost/cost.js";
import { createEstimator } from "../cost/estimator.js";
import { sampleSubnet } from "../space/sample.js";
import { ShuffleNetV2Classifier } from "../spaces/spos-shufflenetv2.network.js";
import { shuffleNetV2ClassifierParts, sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.space.js";
import { traceCost } from "./trace.js";

const totals = ({ params, macs, flops }: Cost) => ({ params, macs, flops });

describe("traceCost", () => {
  it("counts what the estimate from shapes counts", () => {
    const space = sposShuffleNetV2({
      stem: 4,
      blocks: [1, 1, 2, 1],
      channels: [8, 16, 24, 32],
      last: 16,
      classes: 5,
    });
    const estimator = createEstimator("classifier", shuffleNetV2ClassifierParts(space), [3, 33, 40]);
    for (let i = 0; i < 5; i++) {
      const subnet = sampleSubnet(space, Random.of(i));
      const network = new ShuffleNetV2Classifier(space, subnet).eval();
      const { cost } = traceCost("classifier", network, () =>
        noGrad(() => void network.forward(zeros([1, 3, 33, 40]))),
      );
      assert.deepEqual(totals(cost), totals(estimator.profile(subnet)));
    }
  });

  class Twice extends nn.Module {
    readonly layer = new nn.Linear(4, 4);
    readonly unused = new nn.Linear(9, 9);
    forward(x: Tensor): Tensor {
      return this.layer.forward(this.layer.forward(x));
    }
  }

  it("counts the work of a layer that runs twice twice, its parameters once, and leaves out what does not run", () => {
    const network = new Twice();
    const { cost } = traceCost("twice", network, () => void network.forward(zeros([1, 4])));
    assert.deepEqual(cost, {
      name: "twice",
      params: 20,
      macs: 32,
      flops: 32,
      children: [{ name: "layer", params: 20, macs: 32, flops: 32 }],
    });
  });

  it("sees the most memory that was held at once", () => {
    const { peakBytes } = traceCost("none", new Twice(), () => {
      zeros([1 << 20]).dispose();
      const kept = zeros([1 << 20]);
      zeros([1 << 18]).dispose();
      kept.dispose();
    });
    assert.ok(peakBytes >= 5 << 20 && peakBytes < 6 << 20, `${peakBytes} bytes`);
  });

  it("leaves the network as it was, also after an error", () => {
    const network = new Twice();
    assert.throws(() =>
      traceCost("twice", network, () => {
        throw new Error("no");
      }),
    );
    assert.ok(!Object.hasOwn(network.layer, "forward"));
    network.forward(zeros([1, 4]));
  });
});
