import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mixedMobileNet, type NetworkSpace, sposShuffleNetV2 } from "@supernet/nas";
import { checkLargestFirst, largestIterations } from "./largest-first.js";
import { createSampler } from "./sampling.js";

const backbone = sposShuffleNetV2({ stem: 8, blocks: [1, 1], channels: [16, 32], last: 32 });
const space: NetworkSpace = {
  ...backbone,
  decisions: [{ name: "width", choices: [16, 48, 32] }, ...backbone.decisions],
};
const options = {
  seed: 1,
  step: "train",
  imageSize: 32,
  flops: ({ width }: { width?: unknown }) => Number(width),
};

describe("largestFirst", () => {
  for (const sampling of [{ kind: "uniform" }, { kind: "fair" }, { kind: "sandwich", random: 1 }] as const) {
    it(`trains the largest subnet of the base candidates at first, then as before: ${sampling.kind}`, () => {
      const sampler = createSampler(
        space,
        { ...sampling, largestFirst: 0.3 },
        { ...options, iterations: 10 },
      );
      const others = createSampler(space, sampling, options);
      assert.equal(sampler.subnets, others.subnets);
      for (let iteration = 0; iteration < 10; iteration++) {
        const expected =
          iteration < 3
            ? [{ width: 48, "layers.0.0": "shuffle_3x3", "layers.1.0": "shuffle_3x3" }]
            : others.at(iteration);
        assert.deepEqual(sampler.at(iteration), expected);
      }
    });
  }

  it("trains the others at least once", () =>
    assert.equal(largestIterations({ kind: "uniform", largestFirst: 0.99 }, 40), 39));

  it("needs the number of iterations", () =>
    assert.throws(
      () => createSampler(space, { kind: "uniform", largestFirst: 0.3 }, options),
      /createSampler: iterations is missing/,
    ));

  it("is refused in a space that does not define how candidates start from one of them", () => {
    const check = (checked: NetworkSpace, largestFirst: number) =>
      checkLargestFirst(checked, { kind: "uniform", largestFirst }, "steps.train.sampling");
    check(space, 0.5);
    check(mixedMobileNet(), 0);
    assert.throws(
      () =>
        createSampler(
          mixedMobileNet(),
          { kind: "uniform", largestFirst: 0.5 },
          { ...options, iterations: 9 },
        ),
      /createSampler: sampling\.largestFirst: the candidates of /,
    );
    assert.throws(
      () => check(mixedMobileNet(), 0.5),
      /: steps\.train\.sampling\.largestFirst: the candidates of \S+ have separate weights, and space mixed-mobilenet/,
    );
  });
});
