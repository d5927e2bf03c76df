import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createEstimator,
  evolutionSearch,
  featureParts,
  measuresOf,
  type NetworkSpace,
  runSearch,
  type Subnet,
  sposShuffleNetV2,
  subnetKey,
} from "@supernet/nas";
import { scoreAhead } from "./ahead.js";
import type { Scorer } from "./scorer.js";

const space: NetworkSpace = sposShuffleNetV2({
  stem: 8,
  blocks: [1, 1, 2, 1],
  channels: [16, 32, 48, 64],
  last: 64,
});
const measures = measuresOf({ "": createEstimator("features", featureParts(space), [3, 64, 64]) });
const problem = { space, constraints: {}, ...measures, seed: 3 };
const strategy = evolutionSearch(problem, {
  population: 20,
  epochs: 3,
  topK: 4,
  mutations: 8,
  crossovers: 8,
});
const scoreOf = (subnet: Subnet) => measures.measure(subnet).flops! % 1009;

class Recording implements Scorer {
  readonly groups: (readonly Subnet[])[] = [];
  constructor(readonly parallel: number) {}

  async score(subnets: readonly Subnet[]): Promise<readonly number[]> {
    this.groups.push(subnets);
    return subnets.map(scoreOf);
  }

  [Symbol.dispose](): void {}
}

describe("scoreAhead", () => {
  for (const parallel of [1, 3]) {
    it(`searches as one that scores one after the other: ${parallel} at a time`, async () => {
      const expected = await runSearch({ strategy, evaluate: async (subnet) => scoreOf(subnet) });
      const scorer = new Recording(parallel);
      const { state } = await runSearch(scoreAhead(space, strategy, scorer));
      assert.deepEqual(state, expected.state);
      const scored = scorer.groups.flat().map((subnet) => subnetKey(space, subnet));
      assert.equal(scored.length, state.history.length);
      assert.equal(new Set(scored).size, scored.length);
      assert.equal(scorer.groups.length, 3 * (parallel === 1 ? 2 : 3));
      assert.ok(scorer.groups.every((group) => group.length <= 16));
    });
  }

  it("tells whoever waits of a failure", async () => {
    const failing: Scorer = {
      parallel: 2,
      score: () => Promise.reject(new Error("no engine")),
      [Symbol.dispose]() {},
    };
    await assert.rejects(runSearch(scoreAhead(space, strategy, failing)), /no engine/);
  });
});
