import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  createEstimator,
  evolutionSearch,
  featureParts,
  type GroupedSearchOptions,
  measuresOf,
  type NetworkSpace,
  type Proposal,
  runGroupedSearch,
  runSearch,
  type Subnet,
  sposShuffleNetV2,
  subnetKey,
  successiveHalving,
} from "@supernet/nas";
import { groupProposals, scoreByData } from "./groups.js";

const space: NetworkSpace = sposShuffleNetV2({
  stem: 8,
  blocks: [1, 1, 2, 1],
  channels: [16, 32, 48, 64],
  last: 64,
});
const measures = measuresOf({ "": createEstimator("features", featureParts(space), [3, 64, 64]) });
const problem = { space, constraints: {}, ...measures, seed: 3 };
const evolution = evolutionSearch(problem, {
  populationSize: 20,
  generations: 3,
  topK: 4,
  mutations: { children: 8, probability: 0.1 },
  crossovers: 8,
});
const halving = successiveHalving(problem, { candidates: 40, reduction: 2, rungs: 3 });
const scoreOf = ({ subnet, fraction }: Proposal) => fraction * (measures.measure(subnet).flops! % 1009);

describe("scoreByData", () => {
  it("scores subnets with the same data together, and returns the results in order", async () => {
    const subnets = [3, 8, 5, 2, 9].map((size): Subnet => ({ size }));
    const task = { subnets, fraction: 0.5, checks: [] };
    const scored: unknown[] = [];
    const results = await scoreByData(
      task,
      ({ size }) => (Number(size) % 2 === 0 ? "even" : "odd"),
      async (part, data) => {
        scored.push([data, part.subnets.map(({ size }) => size), part.fraction]);
        return part.subnets.map(({ size }) => ({ score: Number(size) }));
      },
    );
    assert.deepEqual(
      results,
      subnets.map(({ size }) => ({ score: size })),
    );
    assert.deepEqual(scored, [
      ["odd", [3, 5, 9], 0.5],
      ["even", [8, 2], 0.5],
    ]);
  });
});

describe("a search that scores subnets in groups", () => {
  for (const [name, strategy] of Object.entries({ evolution, halving })) {
    for (const parallel of [1, 3]) {
      it(`equals the search that scores them one at a time: ${name}, ${parallel} at a time`, async () => {
        const expected = await runSearch({ strategy, evaluate: async (proposal) => scoreOf(proposal) });
        const groups: (readonly Proposal[])[] = [];
        const options: GroupedSearchOptions = {
          strategy,
          parallel,
          groups: (waiting) => groupProposals(space, waiting, parallel),
          async score(group) {
            groups.push(group);
            return group.map((proposal) => ({ score: scoreOf(proposal) }));
          },
        };
        const { state } = await runGroupedSearch(options);
        assert.deepEqual(state, expected.state);
        const keyOf = (subnet: Subnet, fraction: number) => `${subnetKey(space, subnet)} ${fraction}`;
        const scored = groups.flat().map(({ subnet, fraction }) => keyOf(subnet, fraction));
        assert.equal(scored.length, state.history.length);
        assert.equal(new Set(scored).size, scored.length);
        for (const group of groups) {
          assert.ok(group.length <= 16);
          assert.equal(new Set(group.map(({ fraction }) => fraction)).size, 1);
        }
        if (name === "evolution") assert.equal(groups.length, 3 * (parallel === 1 ? 2 : 3));
      });
    }
  }

  it("fails if scoring a group fails", async () => {
    const options: GroupedSearchOptions = {
      strategy: evolution,
      parallel: 2,
      groups: (waiting) => groupProposals(space, waiting, 2),
      score: () => Promise.reject(new Error("no engine")),
    };
    await assert.rejects(runGroupedSearch(options), /no engine/);
  });
});
