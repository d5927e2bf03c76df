import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Candidate, Space, Subnet } from "@supernet/nas";
import {
  comparisonEntries,
  comparisonRows,
  findSameNetwork,
  type ScoredEntry,
  summarize,
} from "./comparison.js";

const space: Space = {
  name: "toy",
  decisions: [
    { name: "a", choices: ["x", "y"] },
    { name: "b", choices: ["x", "y", "z"] },
  ],
};
const candidate = (subnet: Subnet, score: number): Candidate => ({
  subnet,
  score,
  fraction: 1,
  resources: {},
  generation: 0,
});
const random = [
  candidate({ a: "x", b: "y" }, 0.1),
  candidate({ a: "y", b: "z" }, 0.3),
  candidate({ a: "y", b: "x" }, 0.2),
];
const found: Subnet = { a: "x", b: "x" };
const settings = { randomSubnets: 2, handMade: "x" };

describe("a comparison", () => {
  const entries = comparisonEntries(space, settings, { found, random });

  it("includes the found subnet, the best random candidate, the hand-made network and random subnets", () => {
    assert.deepEqual(
      entries.map(({ origin, subnet }) => [origin, subnet.a, subnet.b]),
      [
        ["found", "x", "x"],
        ["best of random search", "y", "z"],
        ["hand-made", "x", "x"],
        ["random", "x", "y"],
        ["random", "y", "z"],
      ],
    );
    assert.equal(comparisonEntries(space, { ...settings, handMade: null }, { found, random }).length, 4);
    const byDecision = comparisonEntries(
      space,
      { ...settings, handMade: { a: "y", b: "z" } },
      { found, random },
    );
    assert.deepEqual(byDecision[2]!.subnet, { a: "y", b: "z" });
    assert.throws(
      () => comparisonEntries(space, { ...settings, handMade: "z" }, { found, random }),
      /steps\.compare\.handMade: z is not a choice of a in toy: use one of x, y/,
    );
  });

  const scored: ScoredEntry[] = entries.map((entry, i) => ({
    ...entry,
    flops: i,
    params: 10,
    searchAP: i / 10,
    sharedAP: i / 10,
    ownAP: (10 - i) / 10,
  }));

  it("finds a network that was trained under another origin", () => {
    assert.equal(findSameNetwork(space, entries[2]!, scored.slice(0, 2))?.origin, "found");
    assert.equal(findSameNetwork(space, entries[3]!, scored.slice(0, 3)), undefined);
  });

  it("computes Kendall's tau from only the random subnets", () => {
    assert.equal(summarize(scored, 3).kendallTau, -1);
    assert.equal(summarize(scored.slice(0, 4), 3).kendallTau, null);
  });

  it("combines the random subnets into one row, their mean", () => {
    const rows = comparisonRows(summarize(scored, 3));
    assert.deepEqual(
      rows.map(({ label }) => label),
      ["found", "best of 3 random candidates", "hand-made", "mean of 2 random subnets"],
    );
    assert.equal(rows[3]!.flops, 3.5);
    assert.ok(Math.abs(rows[3]!.ownAP - 0.65) < 1e-12);
    assert.equal(comparisonRows(summarize(scored.slice(0, 3), 3)).length, 3);
  });
});
