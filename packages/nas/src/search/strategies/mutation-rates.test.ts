import assert from "node:assert/strict";
import { test } from "node:test";
import { Random, UserError } from "@supernet/base";
import fc from "fast-check";
import { mutate, sampleSubnet } from "../../space/sample.js";
import { type Choice, type Space, type Subnet, voidDecisions } from "../../space/space.js";
import { anySpace } from "../../testing/spaces.js";
import { ranked } from "../state.js";
import { evolutionSearch } from "./evolution.js";
import { mutationRates } from "./mutation-rates.js";

const choices = [1, 2, 3];
const names = ["depth", "stages.1.depth", "stages.1.width", "layers.0.kernel", "layers.1.kernel"];
const space: Space = { name: "stages", decisions: names.map((name) => ({ name, choices })) };

test("looks up a decision's rate by its full name, then by the name's last part", () => {
  const rateOf = mutationRates(space, {
    probability: 0.2,
    perDecision: { depth: 0.4, "layers.1.kernel": 0, kernel: 0.6 },
  });
  assert.deepEqual(names.map(rateOf), [0.4, 0.4, 0.2, 0.6, 0]);
  assert.deepEqual(names.map(mutationRates(space, { probability: 0.3 })), [0.3, 0.3, 0.3, 0.3, 0.3]);
});

test("names invalid rates and unknown decisions", () => {
  const problem = { space, constraints: {}, measure: () => ({}), seed: 0 };
  const refuse = (probability: number, perDecision: Record<string, number> | undefined, message: RegExp) =>
    assert.throws(
      () => evolutionSearch(problem, { mutations: { children: 5, probability, perDecision } }),
      (error: Error) => error instanceof UserError && message.test(error.message),
    );
  refuse(-0.1, undefined, /mutations\.probability is -0.1/);
  refuse(0.1, { depth: 1.5 }, /mutations\.perDecision\.depth is 1.5/);
  refuse(0.1, { depht: 0.2 }, /perDecision\.depht is not a decision of stages: did you mean depth\?/);
  refuse(0.1, { expansions: 0.2 }, /valid: depth, width, kernel, stages\.1\.depth/);
  refuse(0.1, { depth: 1, width: 1, kernel: 1 }, /\(0.1\) has no effect/);
});

test("keeps decisions of rate 0, resamples those of rate 1, and others at the common rate", () => {
  fc.assert(
    fc.property(anySpace(), fc.integer(), (any, seed) => {
      const random = Random.of(seed);
      const subnet = sampleSubnet(any, random);
      const [kept] = any.decisions;
      const child = mutate(any, subnet, ({ name }) => (name === kept!.name ? 0 : 1), random);
      assert.equal(child[kept!.name], subnet[kept!.name]);
    }),
  );
  const rateOf = mutationRates(space, { probability: 0.2, perDecision: { depth: 0.4, kernel: 1 } });
  const parent: Subnet = Object.fromEntries(names.map((name) => [name, 1]));
  const changed = new Map(names.map((name) => [name, 0]));
  for (let i = 0; i < 6000; i++) {
    const child = mutate(space, parent, ({ name }) => rateOf(name), Random.of("rates", i));
    for (const name of names) if (child[name] !== 1) changed.set(name, changed.get(name)! + 1);
  }
  // With three choices, two thirds of the resampled decisions change.
  for (const [name, n] of changed) {
    assert.ok(Math.abs(n / 6000 - (rateOf(name) * 2) / 3) < 0.03, `${name}: ${n} of 6000`);
  }
});

/** A space in which the first `depth` digits count and the others are void. */
const digits = ["d0", "d1", "d2"];
const deep: Space = {
  name: "deep",
  decisions: [{ name: "depth", choices }, ...digits.map((name) => ({ name, choices }))],
  canonical: (subnet) => ({
    ...subnet,
    ...Object.fromEntries(digits.map((name, i) => [name, i < Number(subnet.depth) ? subnet[name]! : 1])),
  }),
};

test("voidDecisions returns the decisions whose choices do not change the network", () => {
  assert.deepEqual(voidDecisions(deep, { depth: 1, d0: 2, d1: 3, d2: 1 }), new Set(["d1", "d2"]));
  assert.deepEqual(voidDecisions(deep, { depth: 3, d0: 1, d1: 1, d2: 1 }), new Set());
  assert.deepEqual(voidDecisions(space, sampleSubnet(space, Random.of(1))), new Set());
});

test("resamples the void decisions of the parent, so digits that a greater depth adds are random", () => {
  const problem = { space: deep, constraints: {}, measure: () => ({}), seed: 0 };
  const settings = { populationSize: 2, generations: 2, topK: 1, crossovers: 0, maxTries: 100 };
  const brought = new Map<Choice, number>();
  let deeper = 0;
  for (let seed = 0; seed < 1500; seed++) {
    const strategy = evolutionSearch(
      { ...problem, seed },
      // This probability is practically 0, so digits never mutate by it.
      {
        ...settings,
        mutations: { children: 1, probability: Number.MIN_VALUE, perDecision: { depth: 1 } },
      },
    );
    let state = strategy.start();
    const first = strategy.propose(state);
    // Both subnets of the first generation are scored. The one without the last digit is the parent.
    state = first;
    const history = first.queue.map(({ subnet }) => ({
      subnet,
      fraction: 1,
      score: -Number(subnet.depth),
      resources: {},
      generation: 0,
    }));
    const parent = ranked(history)[0]!.subnet;
    const next = strategy.propose({ ...state, queue: [], history });
    const child = next.queue[0]?.subnet;
    if (child === undefined || parent.depth === 3 || child.depth !== 3 || child.d0 !== parent.d0) continue;
    deeper++;
    brought.set(child.d2!, (brought.get(child.d2!) ?? 0) + 1);
  }
  assert.ok(deeper > 200, `${deeper}`);
  for (const choice of choices) {
    const n = brought.get(choice) ?? 0;
    assert.ok(Math.abs(n / deeper - 1 / 3) < 0.08, `${choice}: ${n} of ${deeper}`);
  }
});
