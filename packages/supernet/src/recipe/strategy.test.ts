import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runSearch, type SearchProblem, type Subnet } from "@supernet/nas";
import type { StrategyRecipe } from "./strategy.js";
import {
  checkStrategySpace,
  createRecipeStrategy,
  randomCandidates,
  searchLength,
  strategyTitle,
} from "./strategy.js";

const choices = [1, 2, 3, 4];
const problem: SearchProblem = {
  space: { name: "digits", decisions: Array.from({ length: 10 }, (_, i) => ({ name: `d${i}`, choices })) },
  constraints: {},
  measure: (subnet) => ({ sum: sumOf(subnet) }),
  seed: 3,
};
const sumOf = (subnet: Subnet): number => Object.values(subnet).reduce<number>((a, b) => a + Number(b), 0);

const evolution: StrategyRecipe = {
  kind: "evolution",
  populationSize: 10,
  generations: 3,
  topK: 4,
  mutations: { children: 4, probability: 0.2 },
  crossovers: 4,
  maxTries: 10,
};

const recipes: readonly StrategyRecipe[] = [
  evolution,
  { kind: "random", candidates: 17 },
  {
    kind: "regularized-evolution",
    candidates: 30,
    populationSize: 10,
    sample: 3,
    children: 4,
    maxTries: 10,
  },
  { kind: "successive-halving", candidates: 21, reduction: 2, rungs: 3 },
  { kind: "predictor", candidates: 22, initial: 8, batch: 4, pool: 30, exploration: 1 },
  {
    kind: "nsga2",
    minimize: ["sum"],
    populationSize: 8,
    generations: 3,
    crossoverProbability: 0.9,
    mutationProbability: 0.1,
    maxTries: 10,
  },
];

describe("a recipe's strategy", () => {
  for (const settings of recipes) {
    it(`${strategyTitle(settings)} scores the number of candidates of its length`, async () => {
      const strategy = createRecipeStrategy(problem, settings);
      const { state } = await runSearch({ strategy, evaluate: async ({ subnet }) => sumOf(subnet) });
      const { candidates, refinement, evaluations } = searchLength(settings);
      assert.equal(state.history.length, candidates);
      assert.equal(refinement, 0);
      const spent = state.history.reduce((sum, { fraction }) => sum + fraction, 0);
      assert.ok(Math.abs(spent - evaluations) < 1e-9);
      assert.equal(randomCandidates(settings), Math.floor(evaluations));
    });
  }

  it("counts a refinement separately, because it may end early", async () => {
    const settings: StrategyRecipe = { ...evolution, refinement: { candidates: 5, batch: 2 } };
    assert.deepEqual(searchLength(settings), { candidates: 30, refinement: 5, evaluations: 35 });
    const strategy = createRecipeStrategy(problem, settings);
    const { state } = await runSearch({ strategy, evaluate: async ({ subnet }) => sumOf(subnet) });
    assert.equal(state.history.length, 35);
    assert.deepEqual(strategy.start().run.settings.refinement, { candidates: 5, batch: 2 });
  });

  it("rejects mutations of unknown decisions", () => {
    const mutations = { children: 4, probability: 0.2, perDecision: { depth: 0.4 } };
    assert.throws(
      () => checkStrategySpace({ ...evolution, mutations }, problem.space),
      /strategy: mutations\.perDecision\.depth is not a decision/,
    );
    checkStrategySpace({ kind: "random", candidates: 3 }, problem.space);
  });
});
