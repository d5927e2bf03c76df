import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import fc from "fast-check";
import { anySpace } from "../testing/spaces.js";
import { crossover, mutate, sampleSubnet } from "./sample.js";
import { allSubnets, type Space, type Subnet, spaceSize, subnetKey } from "./space.js";

const pair: Space = {
  name: "pair",
  decisions: [
    { name: "kernel", choices: [3, 5, 7] },
    { name: "kind", choices: ["a", "b"] },
  ],
};

test("spaceSize returns the product of the numbers of choices, beyond the range of doubles", () => {
  assert.equal(spaceSize(pair), 6n);
  const decisions = Array.from({ length: 40 }, (_, i) => ({ name: `d${i}`, choices: [0, 1, 2, 3] }));
  assert.equal(spaceSize({ name: "large", decisions }), 4n ** 40n);
});

test("allSubnets generates every subnet once", () => {
  const subnets = [...allSubnets(pair)];
  assert.deepEqual(subnets[1], { kernel: 3, kind: "b" });
  assert.equal(new Set(subnets.map((subnet) => subnetKey(pair, subnet))).size, 6);
});

test("samples, mutants and children have a valid choice for every decision", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (space, seed, p) => {
      const random = Random.of(seed);
      const a = sampleSubnet(space, random);
      const b = sampleSubnet(space, random);
      const child = crossover(space, a, b, random);
      for (const { name, choices } of space.decisions) {
        for (const subnet of [a, b, child, mutate(space, a, p, random)]) {
          assert.ok(choices.includes(subnet[name]!));
          assert.equal(Object.keys(subnet).length, space.decisions.length);
        }
        assert.ok(child[name] === a[name] || child[name] === b[name]);
      }
      assert.deepEqual(mutate(space, a, 0, random), a);
    }),
  );
});

test("samples depend only on the seed", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer(), (space, seed) => {
      assert.deepEqual(sampleSubnet(space, Random.of(seed)), sampleSubnet(space, Random.of(seed)));
    }),
  );
});

test("samples choices uniformly, and mutates decisions with the given probability", () => {
  const decisions = Array.from({ length: 20 }, (_, i) => ({ name: `d${i}`, choices: ["a", "b", "c", "d"] }));
  const space = { name: "wide", decisions };
  const random = Random.of("frequencies");
  const count = { a: 0, b: 0, c: 0, d: 0 };
  let changed = 0;
  for (let i = 0; i < 1000; i++) {
    const subnet = sampleSubnet(space, random);
    for (const choice of Object.values(subnet)) count[choice as keyof typeof count]++;
    const mutant = mutate(space, subnet, 0.1, random);
    changed += decisions.filter(({ name }) => mutant[name] !== subnet[name]).length;
  }
  for (const n of Object.values(count)) assert.ok(Math.abs(n - 5000) < 300, `${n} of 20000`);
  // A tenth is resampled, and a quarter of those keep their choice.
  assert.ok(Math.abs(changed - 1500) < 200, `${changed} changed of 20000`);
});

test("keys are equal if and only if subnets are", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer(), (space, seed) => {
      const random = Random.of(seed);
      const a = sampleSubnet(space, random);
      const b = sampleSubnet(space, random);
      const same = space.decisions.every(({ name }) => a[name] === b[name]);
      assert.equal(subnetKey(space, a) === subnetKey(space, b), same);
      const reversed = Object.fromEntries(Object.entries(a).toReversed());
      assert.equal(subnetKey(space, reversed), subnetKey(space, a));
    }),
  );
});

test("void decisions do not make a different key", () => {
  const space: Space = {
    name: "deep",
    decisions: [
      { name: "depth", choices: [1, 2] },
      { name: "width.0", choices: [8, 16] },
      { name: "width.1", choices: [8, 16] },
    ],
    canonical: (subnet: Subnet) => (subnet.depth === 1 ? { ...subnet, "width.1": 8 } : subnet),
  };
  const keys = new Set([...allSubnets(space)].map((subnet) => subnetKey(space, subnet)));
  assert.equal(keys.size, 6);
});
