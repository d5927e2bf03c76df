import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Random } from "@supernet/base";
import { type Space, type Subnet, sampleSubnet, subnetKey } from "@supernet/nas";
import { PoolSampler, type PoolSettings, poolProbability } from "./pool-sampler.js";

const space: Space = {
  name: "digits",
  decisions: ["a", "b", "c"].map((name) => ({ name, choices: [1, 2, 3, 4, 5] })),
};
const settings: PoolSettings = { images: 8, train: 3, size: 12, probability: 0.8, from: 0.1, to: 0.9 };
const iterations = 60;

function samplerWith(changes: Partial<PoolSettings> = {}, draws = 6): PoolSampler {
  const sample = (random: Random) => sampleSubnet(space, random);
  return new PoolSampler({
    space,
    key: [1, "train"],
    draws,
    pool: { ...settings, ...changes },
    iterations,
    sample,
  });
}

/** The lower the digits, the lower the loss. */
const lossOf = (subnet: Subnet) =>
  Object.values(subnet).reduce<number>((sum, digit) => sum + Number(digit), 0);

/** Runs a sampler from an iteration, and records what it scores and trains. */
async function run(sampler: PoolSampler, from = 0, to = iterations) {
  const [scored, trained]: [(readonly Subnet[])[], Subnet[]] = [[], []];
  for (let iteration = from; iteration < to; iteration++) {
    await sampler.prepare(iteration, async (subnets) => {
      scored.push(subnets);
      return subnets.map(lossOf);
    });
    const [subnet, ...others] = sampler.at(iteration);
    assert.equal(others.length, 0);
    trained.push(subnet!);
  }
  return { scored, trained };
}

describe("sampling with a pool", () => {
  it("trains the best of the drawn subnets, one in each iteration", async () => {
    const { scored, trained } = await run(samplerWith());
    assert.equal(trained.length, iterations);
    let first = 0;
    for (const subnets of scored) {
      assert.equal(new Set(subnets.map((subnet) => subnetKey(space, subnet))).size, subnets.length);
      const size = Math.min(3, subnets.length);
      const best = subnets.toSorted((a, b) => lossOf(a) - lossOf(b)).slice(0, size);
      assert.deepEqual(
        trained.slice(first, first + size).map(lossOf),
        best.map(lossOf).slice(0, iterations - first),
      );
      first += size;
    }
  });

  it("remembers the best of all, with their latest losses", async () => {
    const sampler = samplerWith();
    const { scored } = await run(sampler);
    const all = new Map(scored.flat().map((subnet) => [subnetKey(space, subnet), subnet]));
    const expected = [...all.values()]
      .map(lossOf)
      .sort((a, b) => a - b)
      .slice(0, 12);
    const { pool } = sampler.state();
    assert.deepEqual(
      pool.map(({ loss }) => loss),
      expected,
    );
    // A subnet that is drawn again has its new loss.
    const again = samplerWith({ from: 0, to: 1e-9, probability: 1, size: 5 });
    await again.prepare(0, async (subnets) => subnets.map(lossOf));
    const best = again.state().pool[0]!.subnet;
    for (let iteration = 3; iteration < 30; iteration += 3)
      await again.prepare(iteration, async (subnets) =>
        subnets.map((subnet) => (subnetKey(space, subnet) === subnetKey(space, best) ? 99 : lossOf(subnet))),
      );
    const found = again
      .state()
      .pool.find(({ subnet }) => subnetKey(space, subnet) === subnetKey(space, best));
    assert.equal(found?.loss, 99);
  });

  it("draws from the pool with a probability that rises linearly", async () => {
    const at = (iteration: number) => poolProbability({ pool: settings, iterations }, iteration);
    assert.deepEqual(
      [at(0), at(6), at(54), at(59)].map((p) => Math.round(1e6 * p) / 1e6),
      [0, 0, 0.8, 0.8],
    );
    assert.ok(Math.abs(at(30) - 0.4) < 1e-12);
    // So the trained subnets get better.
    const mean = (subnets: readonly Subnet[]) =>
      subnets.reduce((sum, subnet) => sum + lossOf(subnet), 0) / subnets.length;
    const { trained } = await run(samplerWith());
    const { trained: random } = await run(samplerWith({ probability: 1e-9 }));
    assert.ok(mean(trained.slice(40)) < mean(random.slice(40)) - 0.5);
  });

  it("goes on from its state, which is plain JSON", async () => {
    const whole = await run(samplerWith());
    for (const stop of [1, 7, 31]) {
      const before = samplerWith();
      await run(before, 0, stop);
      const after = samplerWith();
      after.load(JSON.parse(JSON.stringify(before.state())));
      assert.deepEqual((await run(after, stop)).trained, whole.trained.slice(stop));
    }
  });

  it("ranks losses that are not finite last, and refuses an iteration that is not prepared", async () => {
    const sampler = samplerWith({ train: 1 });
    assert.throws(() => sampler.at(0), /iteration 0 is not prepared/);
    await sampler.prepare(0, async (subnets) => subnets.map((_, i) => (i === 2 ? 1 : Number.NaN)));
    const [best] = sampler.state().pool;
    assert.equal(best!.loss, 1);
    assert.deepEqual(sampler.at(0), [best!.subnet]);
    assert.doesNotThrow(() => JSON.stringify(sampler.state()));
  });
});
