import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random, UserError } from "@supernet/base";
import { z } from "zod";
import { digitProblem, toyScore } from "../../testing/search.js";
import { sampleUnseen } from "../generate.js";
import { runSearch } from "../run-search.js";
import { seenKeys } from "../state.js";
import { onAllImages } from "../strategy.js";
import { evolutionSearch } from "./evolution.js";
import { createStrategy, STRATEGIES, strategyDefinition, strategySettings } from "./index.js";
import { withLocalSearch } from "./local-search.js";
import { nsga2 } from "./nsga2.js";
import { predictorSearch } from "./predictor.js";
import { randomSearch } from "./random.js";
import { regularizedEvolution } from "./regularized-evolution.js";
import { defineStrategy, strategyFrom } from "./strategy-definition.js";
import { successiveHalving } from "./successive-halving.js";

/** Calls a function as JavaScript does, where no type checks the arguments. */
const untyped = (call: unknown, ...args: unknown[]) => (call as (...args: unknown[]) => unknown)(...args);

const throws = (body: () => unknown, message: RegExp) =>
  assert.throws(body, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, message);
    return true;
  });

const problem = digitProblem(4, 3);

/** A strategy as a user defines it. */
const definition = {
  kind: "one-by-one",
  title: "one random subnet at a time",
  settings: () => z.strictObject({ candidates: z.int().min(1) }),
  length: ({ candidates }: { candidates: number }) => ({ candidates, evaluations: candidates }),
  create: (searched: typeof problem, { candidates }: { candidates: number }) => ({
    generations: candidates,
    propose(state: Parameters<typeof seenKeys>[1]) {
      const random = Random.of(searched.seed, "one-by-one", state.generation);
      return onAllImages(sampleUnseen(searched, seenKeys(searched.space, state), 1, random));
    },
  }),
};

describe("defineStrategy", () => {
  it("defines a strategy that runs as the built-in ones do", async () => {
    const strategy = strategyFrom(defineStrategy(definition), problem, { candidates: 5 });
    const { state } = await runSearch({ strategy, evaluate: async ({ subnet }) => toyScore(subnet) });
    assert.equal(state.history.length, 5);
    assert.deepEqual(state.run.settings, { candidates: 5 });
    assert.equal(state.run.strategy, "one-by-one");
  });

  it("names what is wrong with a definition or its settings", () => {
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

  it("every strategy names what is wrong with the problem", () => {
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
  it("creates each built-in strategy by its kind", () => {
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

  it("has one schema for all, in which only strategies with one objective have a refinement", () => {
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
