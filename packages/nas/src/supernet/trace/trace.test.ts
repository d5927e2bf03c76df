import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { nn, noGrad, type Tensor, zeros } from "@supernet/torch";
import type { Cost } from "../../cost/cost.js";
import { createEstimator } from "../../cost/estimator.js";
import { classifierParts } from "../../network/network-space.js";
import { sampleSubnet } from "../../space/sample.js";
import { listedSpaces } from "../../testing/spaces.js";
import { SpaceClassifier } from "../networks/classifier.js";
import { traceCost } from "./trace.js";

const totals = ({ params, macs, flops, operations, activations }: Cost) => ({
  params,
  macs,
  flops,
  operations,
  activations,
});

describe("traceCost", () => {
  for (const space of listedSpaces()) {
    it(`equals the estimate from shapes: ${space.name}`, () => {
      const image = space.imageSize === undefined ? [3, 33, 40] : [3, space.imageSize, space.imageSize];
      const estimator = createEstimator("classifier", classifierParts(space, 5), image);
      const subnet = sampleSubnet(space, Random.of(7));
      const network = new SpaceClassifier(space, 5, subnet).eval();
      const traced = traceCost("classifier", network, () =>
        noGrad(() => void network.forward(zeros([1, ...image]))),
      );
      const estimated = estimator.profile(subnet);
      assert.deepEqual(totals(traced), totals(estimated));
      assert.ok(traced.memory > 0.9 * estimated.memory && traced.memory < 3 * estimated.memory);
    });
  }

  class Twice extends nn.Module {
    readonly layer = new nn.Linear(4, 4);
    readonly unused = new nn.Linear(9, 9);
    forward(x: Tensor): Tensor {
      return this.layer.forward(this.layer.forward(x));
    }
  }

  it("counts the work of every run, parameters once, and no layers that do not run", () => {
    const network = new Twice();
    const cost = traceCost("twice", network, () => void network.forward(zeros([1, 4])));
    assert.deepEqual(totals(cost), { params: 20, macs: 32, flops: 32, operations: 32, activations: 8 });
    assert.deepEqual(
      cost.children?.map(({ name, memory }) => [name, memory]),
      [["layer", 4 * (20 + 4 + 4)]],
    );
  });

  it("measures the peak memory", () => {
    const { memory } = traceCost("none", new Twice(), () => {
      zeros([1 << 20]).dispose();
      const kept = zeros([1 << 20]);
      zeros([1 << 18]).dispose();
      kept.dispose();
    });
    assert.ok(memory >= 5 << 20 && memory < 6 << 20, `${memory} bytes`);
  });

  it("restores the network after an error", () => {
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
