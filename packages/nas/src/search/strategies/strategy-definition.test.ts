import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random, UserError } from "@supernet/base";
import { z } from "zod";
import { digitProblem, toyScore } from "../../testing/search.js";
import { sampleUnseen } from "../generate.js";
import { type PendingProposal, runGroupedSearch, runSearch, type SearchResult } from "../run-search.js";
import { type SearchState, seenKeys } from "../state.js";
import { onAllImages, type Strategy } from "../strategy.js";
import { evolutionSearch } from "./evolution.js";
import { createStrategy, STRATEGIES, strategyDefinition, strategySettings } from "./index.js";
import { withLocalSearch } from "./local-search.js";
import { nsga2 } from "./nsga2.js";
import { predictorSearch } from "./predictor.js";
import { predictorFront } from "./predictor-front.js";
import { randomSearch } from "./random.js";
import { regularizedEvolution } from "./regularized-evolution.js";
import { defineStrategy, strategyFrom } from "./strategy-definition.js";
import { successiveHalving } from "./successive-halving.js";

/** Calls a function like JavaScript, without type checks of the arguments. */
const untyped = (call: unknown, ...args: unknown[]) => (call as (...args: unknown[]) => unknown)(...args);

const throws = (body: () => unknown, message: RegExp) =>
  assert.throws(body, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, message);
    return true;
  });

const problem = digitProblem(4, 3);

/** A user's definition of a strategy. */
const definition = {
  kind: "one-by-one",
  title: "one random subnet at a time",
  settings: () => z.strictObject({ candidates: z.int().min(1) }),
  length: ({ candidates }: { candidates: number }) => ({ candidates, evaluations: candidates }),
  create: (searched: typeof problem, { candidates }: { candidates: number }) => ({
    generations: candidates,
    propose(state: Parameters<typeof seenKeys>[1]) {
      const random = Random.of(searched.seed, "one-by-one", state.generation);
      return onAllImages(sampleUnseen(searched, seenKeys(searched.space, state), { count: 1, random }));
    },
  }),
};

describe("defineStrategy", () => {
  it("defines a strategy that runs like the built-in ones", async () => {
    const strategy = strategyFrom(defineStrategy(definition), problem, { candidates: 5 });
    const { state } = await runSearch({ strategy, evaluate: async ({ subnet }) => toyScore(subnet) });
    assert.equal(state.history.length, 5);
    assert.deepEqual(state.run.settings, { candidates: 5 });
    assert.equal(state.run.strategy, "one-by-one");
  });

  it("names mistakes of a definition and its settings", () => {
    const { create: _, ...incomplete } = definition;
    throws(
      () => untyped(defineStrategy, incomplete),
      /^defineStrategy: create is missing; expected a function/,
    );
    throws(() => untyped(defineStrategy), /the options object is missing/);
    throws(() => untyped(defineStrategy, { ...definition, propose: 1 }), /unknown option propose/);
    throws(() => untyped(defineStrategy, { ...definition, length: 3 }), /length is 3; expected a function/);
    const odd = defineStrategy({ ...definition, settings: () => 3 as never });
    throws(
      () => strategyFrom(odd, problem, { candidates: 5 }),
      /one-by-one: settings must return a zod schema/,
    );
    throws(() => strategyFrom(definition, problem, { candidate: 5 }), /one-by-one: unknown option candidate/);
  });
});

describe("the results of a user's strategy", () => {
  const subnet = { d0: 1, d1: 1, d2: 1, d3: 1 };
  const constrained = { ...problem, constraints: { sum: { max: 5 } } };
  const proposing = (propose: unknown) => ({
    ...definition,
    create: () => ({ generations: 3, propose }),
  });
  const run = async (changed: unknown, evaluate: unknown = () => 1, change = {}) =>
    untyped(runSearch, {
      strategy: untyped(strategyFrom, changed, { ...constrained, ...change }, { candidates: 5 }),
      evaluate,
    });
  const rejects = (running: Promise<unknown>, message: RegExp) =>
    assert.rejects(running, (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, message);
      return true;
    });

  const creations: readonly (readonly [unknown, RegExp])[] = [
    [() => undefined, /^strategy one-by-one: create returned undefined/],
    [async () => ({}), /^strategy one-by-one: create returned a promise: it must not be async/],
    [() => ({ propose: () => [] }), /^strategy one-by-one: create: generations is missing/],
    [() => ({ generations: Infinity, propose: () => [] }), /generations is Infinity/],
    [() => ({ generations: 3, elites: 2, propose: () => [] }), /unknown option elites, did you mean elite/],
  ];
  for (const [create, message] of creations) {
    it(`create: ${message}`, () => rejects(run({ ...definition, create }), message));
  }

  const proposals: readonly (readonly [unknown, RegExp])[] = [
    [undefined, /^strategy one-by-one: propose returned undefined/],
    [Promise.resolve([]), /^strategy one-by-one: propose returned a promise: it must not be async/],
    [3, /^strategy one-by-one: propose: queue is 3; expected an array/],
    [[], /^strategy one-by-one: it proposed no subnet/],
    [[subnet], /propose: queue\[0\]\.subnet is missing/],
    [[{ subnet, fraction: 7 }], /propose: queue\[0\]\.fraction is 7; expected at most 1/],
    [[{ subnet, fraction: 0 }], /propose: queue\[0\]\.fraction is 0; expected more than 0/],
    [onAllImages([{ d0: 1 }]), /^strategy one-by-one: queue\[0\]: no choice for d1, d2, d3/],
    [onAllImages([{ ...subnet, d1: 4 }]), /^strategy one-by-one: queue\[0\]: unknown choice 4 for d1/],
    [
      onAllImages([subnet, { ...subnet, d0: 3 }]),
      /^strategy one-by-one: queue\[1\] does not meet the constraints: sum at most 5/,
    ],
    [onAllImages([subnet, subnet]), /^strategy one-by-one: queue\[1\] was proposed before/],
    // In the first generation it is new, in the second it is not.
    [onAllImages([subnet]), /^strategy one-by-one: queue\[0\] was proposed before/],
  ];
  for (const [proposed, message] of proposals) {
    it(`propose: ${message}`, () => rejects(run(proposing(() => proposed)), message));
  }

  it("may contain a subnet again on more images", async () => {
    const fractions = [0.25, 0.5, 1];
    const again = proposing(({ generation }: SearchState) => [{ subnet, fraction: fractions[generation] }]);
    const { state } = (await run(again)) as SearchResult;
    assert.deepEqual(
      state.history.map(({ fraction }) => fraction),
      fractions,
    );
  });

  it("of a handwritten propose must count generations, and end", async () => {
    const strategy = strategyFrom(definition, problem, { candidates: 2 });
    const start = strategy.start();
    const searching = (change: Partial<Strategy>) =>
      runSearch({ strategy: { ...strategy, ...change }, evaluate: async () => 1 });
    const queue = onAllImages([subnet]);
    await rejects(
      searching({ propose: () => ({ ...start, queue }) }),
      /one-by-one: propose must increase generation/,
    );
    await rejects(
      searching({ propose: () => ({ ...start, generation: 3, queue }) }),
      /one-by-one: propose continues after the last of 2 gen/,
    );
    const scored = queue.map((proposal) => ({ ...proposal, score: 1 }));
    await rejects(
      searching({ propose: () => ({ ...start, generation: 1, queue: scored }) }),
      /every proposal of the queue is already scored/,
    );
    await rejects(
      searching({ start: () => undefined as never }),
      /^runSearch: strategy: start returned undef/,
    );
  });

  it("must have numbers as scores and measurements", async () => {
    await rejects(
      run(definition, async () => "0.5"),
      /^runSearch: evaluate: score is "0.5"; expected a number/,
    );
    await rejects(
      run(definition, () => 1, { measure: () => undefined }),
      /^search problem: measure returned undefined/,
    );
    const measure = () => ({ sum: Number.NaN });
    await rejects(
      run(definition, () => 1, { measure }),
      /^search problem: measure: sum is NaN; expected a number/,
    );
  });

  it("must have complete groups and scores", async () => {
    const strategy = strategyFrom(definition, problem, { candidates: 2 });
    const options = { strategy, groups: (waiting: readonly PendingProposal[]) => [waiting] };
    await rejects(
      runGroupedSearch({ strategy, groups: () => [], score: async () => [] }),
      /^runGroupedSearch: groups must return each of the waiting proposals in one group/,
    );
    await rejects(
      runGroupedSearch({ ...options, score: async () => [] }),
      /^runGroupedSearch: score must return a result for each of 1 proposals/,
    );
    await rejects(
      runGroupedSearch({ ...options, score: async () => [{ score: "1" as never }] }),
      /^observe: score is "1"; expected a number/,
    );
  });
});

describe("the settings of a strategy, from untyped code", () => {
  const evolution = {
    populationSize: 8,
    generations: 3,
    topK: 2,
    mutations: null,
    crossovers: 4,
    maxTries: 5,
  };
  const cases: readonly (readonly [string, unknown, unknown, RegExp])[] = [
    ["evolutionSearch", evolutionSearch, 5, /evolution: the options object is 5/],
    [
      "evolutionSearch",
      evolutionSearch,
      { population: 5 },
      /evolution: unknown option population, did you mean/,
    ],
    [
      "evolutionSearch",
      evolutionSearch,
      { ...evolution, mutations: 3 },
      /evolution: mutations is 3; expected an obj/,
    ],
    ["randomSearch", randomSearch, undefined, /random: the options object is missing/],
    ["randomSearch", randomSearch, {}, /random: candidates is missing/],
    ["randomSearch", randomSearch, { candidates: "5" }, /random: candidates is "5"; expected a number/],
    [
      "regularizedEvolution",
      regularizedEvolution,
      { population: 5, candidates: 40 },
      /regularized-evolution: unknown option population, did you mean populationSize/,
    ],
    [
      "regularizedEvolution",
      regularizedEvolution,
      { populationSize: 5, candidates: 40 },
      /regularized-evolution: sample is missing/,
    ],
    ["successiveHalving", successiveHalving, { candidates: 9, reduction: 3 }, /rungs is missing/],
    ["predictorSearch", predictorSearch, { candidates: 9, initial: 3 }, /predictor: batch is missing/],
    [
      "predictorFront",
      predictorFront,
      { minimize: ["sum"], candidates: 9, initial: 3, batch: 2, pool: 9 },
      /predictor-front: exploration is missing/,
    ],
    ["nsga2", nsga2, { minimise: ["sum"] }, /nsga2: unknown option minimise, did you mean minimize/],
  ];
  for (const [name, create, settings, message] of cases) {
    it(`${name}(problem, ${JSON.stringify(settings)}) throws ${message}`, () =>
      throws(() => untyped(create, problem, settings), message));
  }

  it("withLocalSearch names a missing strategy or setting", () => {
    const random = randomSearch(problem, { candidates: 3 });
    throws(() => untyped(withLocalSearch, random, { candidates: 3 }), /withLocalSearch: batch is missing/);
    throws(
      () => untyped(withLocalSearch, undefined, {}),
      /withLocalSearch: strategy: the options object is missing/,
    );
  });

  it("every strategy names mistakes of the problem", () => {
    const settings = { candidates: 3 };
    const { measure: _, ...incomplete } = problem;
    throws(
      () => untyped(randomSearch, undefined, settings),
      /^search problem: the options object is missing/,
    );
    throws(
      () => untyped(randomSearch, incomplete, settings),
      /^search problem: measure is missing; expected a func/,
    );
    throws(
      () => untyped(randomSearch, { ...problem, seed: "1" }, settings),
      /seed is "1"; expected a number/,
    );
    throws(() => untyped(randomSearch, { ...problem, space: {} }, settings), /space: name is missing/);
    throws(
      () => untyped(randomSearch, { ...problem, constraints: { sum: { maximum: 3 } } }, settings),
      /constraints\.sum\.maximum/,
    );
  });
});

describe("createStrategy", () => {
  it("creates every built-in strategy by its kind", () => {
    const strategy = createStrategy(problem, {
      kind: "random",
      candidates: 3,
      refinement: { candidates: 2, batch: 1 },
    });
    assert.equal(strategy.start().run.strategy, "random");
    assert.equal(strategy.generations, 3);
    throws(
      () => untyped(createStrategy, problem, { kind: "randm" }),
      /unknown strategy randm: did you mean random/,
    );
    assert.equal(strategyDefinition("nsga2").title, "NSGA-II for several objectives");
  });

  it("has one schema, in which only strategies with one objective accept a refinement", () => {
    const schema = strategySettings(["sum"]);
    assert.equal(schema.options.length, STRATEGIES.length);
    const refinement = { candidates: 2, batch: 1 };
    assert.ok(schema.safeParse({ kind: "random", candidates: 3, refinement }).success);
    const front = {
      kind: "nsga2",
      minimize: ["sum"],
      populationSize: 4,
      generations: 2,
      crossoverProbability: 0.5,
      mutationProbability: 0.5,
      maxTries: 3,
    };
    assert.ok(schema.safeParse(front).success);
    assert.ok(!schema.safeParse({ ...front, refinement }).success);
    assert.ok(!schema.safeParse({ ...front, crossoverProbability: 0, mutationProbability: 0 }).success);
  });
});
