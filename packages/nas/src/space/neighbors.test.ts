import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import fc from "fast-check";
import { anySpace } from "../testing/spaces.js";
import { mutateOne, neighbors, sampleSubnet } from "./sample.js";
import { type Space, subnetKey } from "./space.js";

test("neighbors returns every subnet that differs in one decision once, and mutateOne returns one of them", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer(), (space, seed) => {
      const random = Random.of(seed);
      const subnet = sampleSubnet(space, random);
      const keys = neighbors(space, subnet).map((one) => subnetKey(space, one));
      const expected = space.decisions.reduce((sum, { choices }) => sum + choices.length - 1, 0);
      assert.deepEqual([keys.length, new Set(keys).size], [expected, expected]);
      const own = subnetKey(space, subnet);
      assert.ok(!keys.includes(own));
      const mutant = subnetKey(space, mutateOne(space, subnet, random));
      assert.ok(expected === 0 ? mutant === own : keys.includes(mutant));
    }),
  );
});

test("neighbors ignores void decisions, and mutateOne resamples them", () => {
  const choices = [1, 2, 3, 4];
  const space: Space = {
    name: "deep",
    decisions: ["depth", "first", "second"].map((name) => ({ name, choices })),
    canonical: (subnet) => (subnet.depth === 1 ? { ...subnet, second: 1 } : subnet),
  };
  const shallow = { depth: 1, first: 1, second: 3 };
  assert.equal(neighbors(space, shallow).length, 6);
  assert.equal(neighbors(space, { ...shallow, depth: 2 }).length, 9);
  const deeper = Array.from({ length: 300 }, (_, i) => mutateOne(space, shallow, Random.of(i))).filter(
    ({ depth }) => depth !== 1,
  );
  assert.deepEqual([...new Set(deeper.map(({ second }) => second))].toSorted(), choices);
});
