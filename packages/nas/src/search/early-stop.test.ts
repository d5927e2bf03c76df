import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import fc from "fast-check";
import { subnetKey } from "../space/space.js";
import { digitProblem, toyScore } from "../testing/search.js";
import { type EarlyStop, type EarlyStopCheck, earlyStopChecks, stopThreshold } from "./early-stop.js";
import { type GroupedSearchOptions, type PendingProposal, runGroupedSearch } from "./run-search.js";
import { ranked, type Scored, type SearchState } from "./state.js";
import { evolutionSearch } from "./strategies/evolution.js";
import { withLocalSearch } from "./strategies/local-search.js";
import { randomSearch } from "./strategies/random.js";
import { regularizedEvolution } from "./strategies/regularized-evolution.js";
import type { Strategy } from "./strategy.js";

/** Samples partial and full scores of candidates: full ones are on a line, with normal residuals. */
function sampleCandidates(random: Random, count: number, slope: number, noise: number) {
  const parts = Array.from({ length: count }, () => random.normal());
  return { parts, scores: parts.map((part) => 3 + slope * part + noise * random.normal()) };
}

test("stops candidates above the bar with probability at most risk, if candidates are exchangeable", () => {
  let stopped = 0;
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 4, max: 40 }),
      fc.double({ min: 0.2, max: 2, noNaN: true }),
      fc.double({ min: 0.1, max: 2, noNaN: true }),
      fc.constantFrom(0.02, 0.1, 0.3),
      fc.constantFrom(1, 3),
      (seed, count, slope, noise, risk, elite) => {
        const random = Random.of("stop", seed);
        const trials = 600;
        let wrong = 0;
        for (let i = 0; i < trials; i++) {
          const { parts, scores } = sampleCandidates(random, count, slope, noise);
          const bar = scores.toSorted((a, b) => b - a)[elite - 1]!;
          const threshold = stopThreshold({ parts, scores, bar, risk });
          const { parts: own, scores: full } = sampleCandidates(random, 1, slope, noise);
          if (threshold === null || !(own[0]! < threshold)) continue;
          stopped++;
          if (full[0]! > bar) wrong++;
        }
        // Allows three standard deviations of the count above the bound.
        assert.ok(
          wrong <= trials * risk + 3 * Math.sqrt(trials * risk * (1 - risk)),
          `${wrong} of ${trials}`,
        );
      },
    ),
    { numRuns: 40 },
  );
  assert.ok(stopped > 1000, `${stopped}`);
});

test("the bound is tight: a candidate at the threshold is above the bar with probability risk", () => {
  // With this many candidates, the bound of one with partial score 0 is near 3 + quantile * noise.
  const random = Random.of("tight");
  const { parts, scores } = sampleCandidates(random, 5000, 1, 1);
  const threshold = stopThreshold({ parts, scores, bar: 4.2816, risk: 0.1 })!;
  assert.ok(Math.abs(threshold) < 0.1, `${threshold}`);
});

test("returns no threshold if too little is known", () => {
  const scores = [1, 2, 3, 4, 5, 6];
  assert.equal(stopThreshold({ parts: [1, 2], scores: [1, 2], bar: 3, risk: 0.1 }), null);
  assert.equal(stopThreshold({ parts: [6, 5, 4, 3, 2, 1], scores, bar: 9, risk: 0.1 }), null);
  assert.equal(stopThreshold({ parts: [1, 1, 1, 1, 1, 1], scores, bar: 9, risk: 0.1 }), null);
  assert.equal(stopThreshold({ parts: [3, 1, 4, 1, 5, 9], scores, bar: 9, risk: 1e-6 }), null);
  assert.equal(stopThreshold({ parts: [1, 2, 3, 4, 5, Number.NaN], scores, bar: 9, risk: 0.1 }), null);
  assert.equal(stopThreshold({ parts: scores, scores, bar: 4, risk: 0.1 }), 4);
});

const problem = digitProblem(6, 4);
const strategies: Record<string, (seed: number) => Strategy> = {
  evolution: (seed) =>
    evolutionSearch(
      { ...problem, seed },
      {
        populationSize: 20,
        generations: 5,
        topK: 4,
        mutations: { children: 8, probability: 0.1 },
        crossovers: 8,
      },
    ),
  random: (seed) => randomSearch({ ...problem, seed }, { candidates: 170 }),
  refined: (seed) =>
    withLocalSearch(randomSearch({ ...problem, seed }, { candidates: 60 }), { candidates: 30, batch: 7 }),
};

/** Scores a proposal. Partial scores roughly predict the full score, and scoring stops at one below its threshold. */
function scoreByChecks({ subnet }: PendingProposal, checks: readonly EarlyStopCheck[]): Scored {
  const full = toyScore(subnet);
  const parts: number[] = [];
  for (const { fraction, threshold } of checks) {
    const noise = Random.of("part", subnetKey(problem.space, subnet), fraction).normal();
    const score = 0.7 * full + (1 - fraction) * noise;
    parts.push(score);
    if (threshold !== null && score < threshold) return { score, fraction, parts };
  }
  return { score: full, fraction: 1, parts };
}

function search(strategy: Strategy, earlyStop?: EarlyStop, more: Partial<GroupedSearchOptions> = {}) {
  return runGroupedSearch({
    strategy,
    groups: (waiting) => waiting.map((one) => [one]),
    score: async (group, checks) => group.map((one) => scoreByChecks(one, checks)),
    earlyStop,
    ...more,
  });
}

for (const [name, make] of Object.entries(strategies)) {
  test(`finds the same subnets as without early stopping at a small risk: ${name}`, async () => {
    for (let seed = 0; seed < 5; seed++) {
      const strategy = make(seed);
      const plain = await search(strategy);
      const { best, state } = await search(strategy, { risk: 1e-4 });
      assert.deepEqual(best.subnet, plain.best.subnet);
      const subnetsOf = ({ history }: SearchState) => history.map(({ subnet }) => subnet);
      assert.deepEqual(subnetsOf(state), subnetsOf(plain.state));
      const stopped = state.history.filter(({ fraction }) => fraction < 1);
      assert.ok(stopped.length > state.history.length / 10, `${stopped.length}`);
      for (const { score, parts } of stopped) assert.equal(score, parts!.at(-1));
      const elite = ranked(plain.state.history).slice(0, strategy.elite);
      assert.deepEqual(
        ranked(state.history)
          .slice(0, strategy.elite)
          .map(({ subnet }) => subnet),
        elite.map(({ subnet }) => subnet),
      );
    }
  });

  test(`early stopping is the same if interrupted or parallel: ${name}`, async () => {
    const strategy = make(7);
    const earlyStop = { risk: 0.05 };
    const uninterrupted = await search(strategy, earlyStop);
    assert.deepEqual(await search(strategy, earlyStop, { parallel: 3 }), uninterrupted);
    let saved: SearchState | undefined;
    for (const stop of [5, 33, 61, 62]) {
      const killed = search(strategy, earlyStop, {
        state: saved,
        save(state) {
          saved = JSON.parse(JSON.stringify(state));
          if (state.history.length === stop) throw new Error("killed");
        },
      });
      await assert.rejects(killed, /killed/);
    }
    assert.deepEqual((await search(strategy, earlyStop, { state: saved })).state, uninterrupted.state);
  });
}

test("checks depend only on earlier generations, and need as many full scores as the elite", async () => {
  const strategy = strategies.evolution!(3);
  const { state } = await search(strategy, { risk: 0.01 });
  const at = (generation: number) => ({ ...state, generation });
  const bars = [1, 2, 3].map((generation) => earlyStopChecks(strategy, at(generation), { risk: 0.01 }));
  assert.ok(bars[0]!.every(({ threshold }) => threshold === null));
  assert.ok(bars[1]!.at(-1)!.threshold! < bars[2]!.at(-1)!.threshold!);
  const without = state.history.filter(({ generation }) => generation < 1);
  assert.deepEqual(earlyStopChecks(strategy, { ...at(2), history: without }, { risk: 0.01 }), bars[1]);
  // The bar is the fourth best earlier score, and each of the three checks has a third of the risk.
  const scores = without.map(({ score }) => score!);
  const bar = scores.toSorted((a, b) => b - a)[3]!;
  for (const [i, { threshold }] of bars[1]!.entries()) {
    const parts = without.map((candidate) => candidate.parts![i]!);
    assert.equal(threshold, stopThreshold({ parts, scores, bar, risk: 0.01 / 3 }));
  }
  const few = { ...at(2), history: without.slice(0, 3) };
  assert.ok(earlyStopChecks(strategy, few, { risk: 0.01 }).every(({ threshold }) => threshold === null));
});

test("stops nothing if every score matters", async () => {
  const settings = { candidates: 40, populationSize: 10, sample: 3, children: 10, maxTries: 10 };
  const { state } = await search(regularizedEvolution(problem, settings), { risk: 0.4 });
  assert.ok(state.history.every(({ fraction }) => fraction === 1));
});
