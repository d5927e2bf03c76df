import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { chooseEach, type Space } from "../space/space.js";
import { validateSubnet } from "../space/validate.js";
import { anySpace } from "../testing/spaces.js";
import { fairSampler, type Sampler, type SamplerKey, sandwichSampler, uniformSampler } from "./samplers.js";

const sandwichOf = (space: Space, random: number, key: SamplerKey) =>
  sandwichSampler(
    space,
    {
      largest: chooseEach(space, ({ choices }) => choices.at(-1)!),
      smallest: chooseEach(space, ({ choices }) => choices[0]!),
      random,
    },
    key,
  );

const SAMPLERS: Readonly<Record<string, (space: Space, key: SamplerKey) => Sampler>> = {
  uniform: uniformSampler,
  sandwich: (space, key) => sandwichOf(space, 2, key),
  fair: fairSampler,
};

const iterations = fc.integer({ min: 0, max: 1e6 });

for (const [name, make] of Object.entries(SAMPLERS)) {
  test(`${name}: samples the declared number of subnets, which depend only on key and iteration`, () => {
    fc.assert(
      fc.property(anySpace(), fc.integer(), iterations, (space, seed, iteration) => {
        const key = [seed, "step"];
        const subnets = make(space, key).at(iteration);
        assert.equal(subnets.length, make(space, key).subnets);
        for (const subnet of subnets) assert.deepEqual(validateSubnet(space, subnet, "sampler"), subnet);
        // Another sampler with the same key gives the same subnets, even after another iteration.
        const other = make(space, key);
        other.at(iteration + 1);
        assert.deepEqual(other.at(iteration), subnets);
      }),
    );
  });

  test(`${name}: samples different subnets for a different key or iteration`, () => {
    const space = { name: "wide", decisions: wideDecisions(30) };
    const samples = [make(space, [1]).at(0), make(space, [2]).at(0), make(space, [1]).at(1)];
    assert.equal(new Set(samples.map((subnets) => JSON.stringify(subnets))).size, 3);
  });
}

test("sandwich: returns the largest subnet, the smallest, and the given number of random ones", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer({ min: 0, max: 4 }), iterations, (space, random, iteration) => {
      const [largest, smallest, ...others] = sandwichOf(space, random, [1]).at(iteration);
      assert.deepEqual(
        largest,
        chooseEach(space, ({ choices }) => choices.at(-1)!),
      );
      assert.deepEqual(
        smallest,
        chooseEach(space, ({ choices }) => choices[0]!),
      );
      assert.equal(others.length, random);
    }),
  );
});

test("fair: uses every choice once per cycle, and m times in k iterations", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer(), fc.integer({ min: 0, max: 1000 }), (space, seed, start) => {
      const sampler = fairSampler(space, [seed]);
      const most = Math.max(...space.decisions.map(({ choices }) => choices.length));
      assert.equal(sampler.subnets, most);
      for (const { name, choices } of space.decisions) {
        // Start at an iteration at which a cycle of the decision also starts.
        const first = start * choices.length;
        const passes = Array.from({ length: choices.length }, (_, i) => sampler.at(first + i)).flat();
        for (let at = 0; at < passes.length; at += choices.length) {
          const cycle = passes.slice(at, at + choices.length).map((subnet) => subnet[name]!);
          assert.deepEqual(new Set(cycle), new Set(choices));
        }
        for (const choice of choices) {
          assert.equal(passes.filter((subnet) => subnet[name] === choice).length, most);
        }
      }
    }),
  );
});

test("fair: uses each choice once per iteration if all decisions have equally many", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), iterations, (count, iteration) => {
      const choices = Array.from({ length: count }, (_, i) => i);
      const decisions = ["a", "b", "c"].map((name) => ({ name, choices }));
      const subnets = fairSampler({ name: "even", decisions }, [1]).at(iteration);
      for (const { name } of decisions) {
        assert.deepEqual(subnets.map((subnet) => Number(subnet[name])).sort(), choices);
      }
    }),
  );
});

test("fair: is less than two off each choice's even share in an iteration", () => {
  fc.assert(
    fc.property(anySpace(), iterations, (space, iteration) => {
      const subnets = fairSampler(space, [1]).at(iteration);
      for (const { name, choices } of space.decisions) {
        const share = subnets.length / choices.length;
        for (const choice of choices) {
          const count = subnets.filter((subnet) => subnet[name] === choice).length;
          if (Number.isInteger(share)) assert.equal(count, share);
          else assert.ok(Math.abs(count - share) < 2, `${count}, not about ${share}`);
        }
      }
    }),
  );
});

test("fair: shuffles decisions independently", () => {
  const space = { name: "wide", decisions: wideDecisions(2) };
  const sampler = fairSampler(space, ["independence"]);
  const counts = new Map<string, number>();
  const passes = 4000;
  for (let i = 0; i < passes / 4; i++) {
    for (const { d0, d1 } of sampler.at(i)) counts.set(`${d0}${d1}`, (counts.get(`${d0}${d1}`) ?? 0) + 1);
  }
  assert.equal(counts.size, 16);
  for (const [pair, n] of counts) assert.ok(Math.abs(n - passes / 16) < 60, `${pair}: ${n}`);
});

function wideDecisions(count: number) {
  return Array.from({ length: count }, (_, i) => ({ name: `d${i}`, choices: ["a", "b", "c", "d"] }));
}
