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

/** Of each candidate its score on a part and its full score, the latter by a line and normal deviations from it. */
function drawCandidates(random: Random, count: number, slope: number, noise: number) {
  const parts = Array.from({ length: count }, () => random.normal());
  return { parts, scores: parts.map((part) => 3 + slope * part + noise * random.normal()) };
}

test("of candidates that are drawn alike, no more than the risk are stopped that are above the bar", () => {
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
          const { parts, scores } = drawCandidates(random, count, slope, noise);
          const bar = scores.toSorted((a, b) => b - a)[elite - 1]!;
          const threshold = stopThreshold({ parts, scores, bar, risk });
          const { parts: own, scores: full } = drawCandidates(random, 1, slope, noise);
          if (threshold === null || !(own[0]! < threshold)) continue;
          stopped++;
          if (full[0]! > bar) wrong++;
        }
        // Three deviations of the count above what the bound allows at the most.
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

test("the bound is as tight as its risk says: of those that it meets the bar for, that part is above", () => {
  // With all of the deviations known, the bound of a candidate that starts from 0 is at 3 + quantile * noise.
  const random = Random.of("tight");
  const { parts, scores } = drawCandidates(random, 5000, 1, 1);
  const threshold = stopThreshold({ parts, scores, bar: 4.2816, risk: 0.1 })!;
  assert.ok(Math.abs(threshold) < 0.1, `${threshold}`);
});

test("no score is low enough where too little is known", () => {
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

/** As a scorer: a part's score says roughly what the full one will be; one that is too low is the last. */
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
  test(`a search ends as without early stop, at a small risk: ${name}`, async () => {
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

  test(`a search with early stop is the same interrupted, and several at a time: ${name}`, async () => {
    const strategy = make(7);
    const earlyStop = { risk: 0.05 };
    const whole = await search(strategy, earlyStop);
    assert.deepEqual(await search(strategy, earlyStop, { parallel: 3 }), whole);
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
    assert.deepEqual((await search(strategy, earlyStop, { state: saved })).state, whole.state);
  });
}

test("checks hang on the generations before alone, and on as many full scores as the elite has", async () => {
  const strategy = strategies.evolution!(3);
  const { state } = await search(strategy, { risk: 0.01 });
  const at = (generation: number) => ({ ...state, generation });
  const bars = [1, 2, 3].map((generation) => earlyStopChecks(strategy, at(generation), { risk: 0.01 }));
  assert.ok(bars[0]!.every(({ threshold }) => threshold === null));
  assert.ok(bars[1]!.at(-1)!.threshold! < bars[2]!.at(-1)!.threshold!);
  const without = state.history.filter(({ generation }) => generation < 1);
  assert.deepEqual(earlyStopChecks(strategy, { ...at(2), history: without }, { risk: 0.01 }), bars[1]);
  // By the fourth best before, with a third of the risk at each of the three checks.
  const scores = without.map(({ score }) => score!);
  const bar = scores.toSorted((a, b) => b - a)[3]!;
  for (const [i, { threshold }] of bars[1]!.entries()) {
    const parts = without.map((candidate) => candidate.parts![i]!);
    assert.equal(threshold, stopThreshold({ parts, scores, bar, risk: 0.01 / 3 }));
  }
  const few = { ...at(2), history: without.slice(0, 3) };
  assert.ok(earlyStopChecks(strategy, few, { risk: 0.01 }).every(({ threshold }) => threshold === null));
});

test("what hangs on every score has no elite, and is never stopped", async () => {
  const settings = { candidates: 40, populationSize: 10, sample: 3, children: 10, maxTries: 10 };
  const { state } = await search(regularizedEvolution(problem, settings), { risk: 0.4 });
  assert.ok(state.history.every(({ fraction }) => fraction === 1));
});
