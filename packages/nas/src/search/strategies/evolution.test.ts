import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import fc from "fast-check";
import { allSubnets, subnetKey } from "../../space/space.js";
import { digitProblem, toyScore } from "../../testing/search.js";
import { type SearchProblem, violationOf } from "../problem.js";
import { runSearch } from "../run-search.js";
import { observe, ranked, type SearchState } from "../state.js";
import type { Strategy } from "../strategy.js";
import { type EvolutionSettings, evolutionSearch, PUBLISHED_EVOLUTION } from "./evolution.js";
import { randomSearch } from "./random.js";

const mutations = { children: 3, probability: 0.1 };
const small = { populationSize: 8, generations: 4, topK: 3, mutations, crossovers: 3 };
const toy = (strategy: Strategy) => runSearch({ strategy, evaluate: async ({ subnet }) => toyScore(subnet) });

function assertSound(problem: SearchProblem, state: SearchState) {
  const keys = state.history.map(({ subnet }) => subnetKey(problem.space, subnet));
  assert.equal(new Set(keys).size, keys.length, "a subnet was scored twice");
  for (const { subnet } of state.history) assert.equal(violationOf(problem, subnet), 0);
}

test("proposes only new subnets that meet the constraints, for any settings", async () => {
  const problems = fc.record({
    decisions: fc.integer({ min: 1, max: 6 }),
    digits: fc.integer({ min: 1, max: 4 }),
    seed: fc.integer(),
    share: fc.double({ min: 0.3, max: 1, noNaN: true }),
  });
  const mutations = fc.record({
    children: fc.integer({ min: 1, max: 4 }),
    probability: fc.double({ min: 0, max: 1, minExcluded: true, noNaN: true }),
  });
  const settings = fc
    .record({
      generations: fc.integer({ min: 2, max: 4 }),
      topK: fc.integer({ min: 1, max: 6 }),
      mutations: fc.option(mutations),
      crossovers: fc.integer({ min: 0, max: 4 }),
    })
    .filter(({ mutations, crossovers }) => mutations !== null || crossovers > 0)
    .filter(({ topK, crossovers }) => topK > 1 || crossovers === 0);
  await fc.assert(
    fc.asyncProperty(problems, settings, async ({ decisions, digits, seed, share }, chosen) => {
      const max = Math.max(decisions, Math.floor(share * decisions * digits));
      const problem = digitProblem(decisions, digits, { seed, constraints: { sum: { max } } });
      const { state, best } = await toy(evolutionSearch(problem, { ...chosen, populationSize: 8 }));
      assertSound(problem, state);
      assert.equal(best.score, Math.max(...state.history.map(({ subnet }) => toyScore(subnet))));
      const possible = [...allSubnets(problem.space)].filter((subnet) => violationOf(problem, subnet) === 0);
      assert.equal(state.history.length, Math.min(8 * chosen.generations, possible.length));
    }),
    { numRuns: 60 },
  );
});

test("beats random search with equally many candidates, and scores 1000 with the published settings", async () => {
  const problem = digitProblem(20, 4, { constraints: { sum: { max: 55 } } });
  const evolved = await toy(evolutionSearch(problem));
  const random = await toy(randomSearch(problem, { candidates: 1000 }));
  assert.equal(evolved.state.history.length, 1000);
  assert.equal(random.state.history.length, 1000);
  assertSound(problem, evolved.state);
  assertSound(problem, random.state);
  assert.ok(
    evolved.best.score! > random.best.score! + 20,
    `${evolved.best.score} against ${random.best.score}`,
  );
});

test("a generation has mutants and children of the best so far, and is filled up at random", () => {
  const problem = digitProblem(30, 4);
  const strategy = evolutionSearch(problem, {
    ...small,
    topK: 2,
    mutations: { children: 3, probability: 0.05 },
  });
  let state = strategy.start();
  for (let i = 0; i < 8; i++) {
    const proposed = strategy.propose(state);
    state = observe(problem, proposed, { subnet: proposed.queue[0]!.subnet, score: i });
  }
  const parents = ranked(state.history)
    .slice(0, 2)
    .map(({ subnet }) => Object.values(subnet));
  assert.deepEqual(parents[0], Object.values(state.history[7]!.subnet));
  const { queue } = strategy.propose(state);
  assert.equal(queue.length, 8);
  for (const [place, { subnet }] of queue.entries()) {
    const genes = Object.values(subnet);
    const distance = Math.min(
      ...parents.map((parent) => genes.filter((gene, i) => gene !== parent[i]).length),
    );
    const inherited = genes.every((gene, i) => parents.some((parent) => parent[i] === gene));
    if (place < 3) assert.ok(distance < 8, `mutant ${place} differs in ${distance}`);
    else if (place < 6) assert.ok(inherited, `child ${place} has a gene of neither parent`);
    else assert.ok(distance > 8, `random ${place} differs only in ${distance}`);
  }
});

test("repair meets a tight constraint in a large space", async () => {
  const problem = digitProblem(40, 4, { constraints: { sum: { max: 43 } } });
  const { state } = await toy(evolutionSearch(problem, small));
  assert.equal(state.history.length, 32);
  assertSound(problem, state);
});

test("ends early without an error when the space is used up", async () => {
  const problem = digitProblem(2, 3);
  for (const strategy of [evolutionSearch(problem), randomSearch(problem, { candidates: 50 })]) {
    const { state, best } = await toy(strategy);
    assert.equal(state.history.length, 9);
    assert.deepEqual(best.subnet, { d0: 3, d1: 3 });
    assert.deepEqual(strategy.propose(state).queue, []);
  }
  const single = digitProblem(40, 4, { constraints: { sum: { max: 40 } } });
  assert.equal((await toy(evolutionSearch(single))).state.history.length, 1);
});

test("scores networks that differ only in void decisions once", async () => {
  const problem = digitProblem(3, 3);
  const space = { ...problem.space, canonical: (subnet: object) => ({ ...subnet, d2: 1 }) };
  const { state } = await toy(evolutionSearch({ ...problem, space }));
  assert.equal(state.history.length, 9);
});

test("ranks a score that is not finite last and continues the search", async () => {
  const problem = digitProblem(4, 3);
  const scores = [Number.NaN, undefined, -5, Infinity, -7];
  const strategy = randomSearch(problem, { candidates: 5 });
  const { best, state } = await runSearch({ strategy, evaluate: async (_, index) => scores[index] });
  assert.equal(best.score, -5);
  assert.deepEqual(
    ranked(state.history).map(({ score }) => score),
    [-5, -7, null, null, null],
  );
});

test("fails at the end if no score is finite, also if it is resumed", async () => {
  const strategy = randomSearch(digitProblem(4, 3), { candidates: 3 });
  let saved: SearchState | undefined;
  const search = () =>
    runSearch({
      strategy,
      ...(saved && { state: saved }),
      evaluate: async (_, index) => [Number.NaN, undefined, Infinity][index],
      save: (state) => {
        saved = state;
      },
    });
  const expected = {
    name: "UserError",
    message: /^search with strategy random: each of 3 scores is NaN, infinite or undefined, .*: check the f/,
  };
  await assert.rejects(search(), expected);
  assert.equal(saved!.history.length, 3);
  await assert.rejects(search(), expected);
});

test("keeps scores at full precision: a difference in the tenth digit determines the order", async () => {
  const strategy = randomSearch(digitProblem(4, 3), { candidates: 3 });
  const scores = [0.3333333331, 0.3333333333, 0.3333333332];
  const { best } = await runSearch({ strategy, evaluate: async (_, index) => scores[index] });
  assert.equal(best.score, 0.3333333333);
});

test("observe rejects a subnet that is not waiting", () => {
  const problem = digitProblem(3, 3);
  const state = evolutionSearch(problem).start();
  assert.throws(() => observe(problem, state, { subnet: { d0: 1, d1: 1, d2: 1 }, score: 1 }), RangeError);
});

test("names settings out of range", () => {
  const problem = digitProblem(3, 3);
  const refuse = (settings: Partial<EvolutionSettings>, word: RegExp) =>
    assert.throws(
      () => evolutionSearch(problem, settings),
      (error: Error) => error instanceof UserError && word.test(error.message),
    );
  refuse({ populationSize: 0 }, /populationSize is 0/);
  refuse({ generations: 1.5 }, /generations is 1.5/);
  refuse({ mutations: { children: -1, probability: 0.1 } }, /mutations\.children is -1/);
  refuse({ populationSize: 10 }, /populationSize is 10; expected at least 50, the children by mutation and/);
  refuse({ mutations: { children: 5, probability: 1.1 } }, /mutations\.probability is 1.1/);
  assert.throws(() => randomSearch(problem, { candidates: Number.NaN }), /candidates/);
  assert.equal(PUBLISHED_EVOLUTION.populationSize * PUBLISHED_EVOLUTION.generations, 1000);
});
