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
  test(`${name}: as many subnets of the space as it says, settled by key and iteration alone`, () => {
    fc.assert(
      fc.property(anySpace(), fc.integer(), iterations, (space, seed, iteration) => {
        const key = [seed, "step"];
        const subnets = make(space, key).at(iteration);
        assert.equal(subnets.length, make(space, key).subnets);
        for (const subnet of subnets) assert.deepEqual(validateSubnet(space, subnet, "sampler"), subnet);
        // Another sampler, asked for another iteration before.
        const other = make(space, key);
        other.at(iteration + 1);
        assert.deepEqual(other.at(iteration), subnets);
      }),
    );
  });

  test(`${name}: other keys and other iterations give other subnets`, () => {
    const space = { name: "wide", decisions: wideDecisions(30) };
    const drawn = [make(space, [1]).at(0), make(space, [2]).at(0), make(space, [1]).at(1)];
    assert.equal(new Set(drawn.map((subnets) => JSON.stringify(subnets))).size, 3);
  });
}

test("sandwich: the largest first, the smallest, and as many others as told", () => {
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

test("fair: every choice once a cycle, and as often in as many iterations as it has rivals", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer(), fc.integer({ min: 0, max: 1000 }), (space, seed, start) => {
      const sampler = fairSampler(space, [seed]);
      const most = Math.max(...space.decisions.map(({ choices }) => choices.length));
      assert.equal(sampler.subnets, most);
      for (const { name, choices } of space.decisions) {
        // From the iteration at which the decision's cycles and the iterations begin together.
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

test("fair: where all decisions have as many choices, an iteration has each of them once", () => {
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

test("fair: within an iteration a choice is off its even share by less than two", () => {
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

test("fair: the orders of two decisions are independent", () => {
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
