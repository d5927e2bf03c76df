import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { allSubnets } from "../space/space.js";
import { syntheticTable } from "../testing/search.js";
import type { SearchProblem } from "./problem.js";
import { evolutionSearch } from "./strategies/evolution.js";
import { predictorSearch } from "./strategies/predictor.js";
import { randomSearch } from "./strategies/random.js";
import { successiveHalving } from "./strategies/successive-halving.js";
import { evaluationsToBest, openTable, type Table, type TableFile } from "./tabular.js";

const small: TableFile = {
  decisions: [
    { name: "a", choices: [1, 2] },
    { name: "b", choices: ["x", "y"] },
  ],
  command: "none",
  images: 10,
  correct: [1, 9, 8, 2],
  partial: [{ fraction: 0.25, correct: [3, 0, 1, 2] }],
};

test("returns each subnet's accuracy on all images and on fractions", () => {
  const table = openTable(small);
  assert.equal(table.best, 0.9);
  assert.deepEqual(table.fractions, [1, 0.25]);
  assert.equal(table.accuracy({ a: 1, b: "y" }, 1), 0.9);
  assert.equal(table.accuracy({ a: 1, b: "x" }, 0.25), 1);
  assert.equal(table.accuracy({ a: 2, b: "y" }, 0.25), 2 / 3);
  assert.throws(() => table.accuracy({ a: 2, b: "y" }, 0.5), RangeError);
});

test("openTable rejects and names invalid tables", () => {
  const refuse = (change: Partial<TableFile>, message: RegExp) =>
    assert.throws(
      () => openTable({ ...small, ...change }, "t.json"),
      (error: Error) => error instanceof UserError && message.test(error.message),
    );
  refuse({ correct: [1, 2, 3] }, /^t\.json: 3 scores for 4 subnets$/);
  refuse({ correct: [1, 2, 3, 11] }, /11 correct answers of 10 images/);
  refuse({ partial: [{ fraction: 0.25, correct: [1, 2, 3, 4] }] }, /4 correct answers of 3 images/);
});

const problemOf = ({ space }: Table, seed: number): SearchProblem => ({
  space,
  constraints: {},
  measure: () => ({}),
  seed,
});

test("evaluationsToBest counts until the best is scored on all images, over several searches if needed", () => {
  const table = openTable(small);
  const random = (candidates: number) => (seed: number) =>
    evaluationsToBest({
      table,
      make: (s) => randomSearch(problemOf(table, s), { candidates }),
      seed,
      tolerance: 0.01,
    });
  const counts = Array.from({ length: 400 }, (_, seed) => random(4)(seed));
  assert.deepEqual([...new Set(counts)].toSorted(), [1, 2, 3, 4]);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(Math.abs(mean(counts) - 2.5) < 0.25);
  // A search of one candidate finds the best with probability 1/4.
  const single = Array.from({ length: 400 }, (_, seed) => random(1)(seed));
  assert.ok(Math.abs(mean(single) - 4) < 0.6, `${mean(single)}`);
  // The second best is within the tolerance, regardless of rounding.
  const near = (seed: number) =>
    evaluationsToBest({
      table,
      make: (s) => randomSearch(problemOf(table, s), { candidates: 4 }),
      seed,
      tolerance: 0.1,
    });
  assert.ok(Math.max(...Array.from({ length: 100 }, (_, seed) => near(seed))) === 3);
});

test("counts an evaluation on a fraction of the images as that fraction", () => {
  const table = openTable({ ...small, partial: [{ fraction: 0.5, correct: [0, 5, 4, 1] }] });
  const halving = (seed: number) =>
    successiveHalving(problemOf(table, seed), { candidates: 4, reduction: 2, rungs: 2 });
  assert.equal(evaluationsToBest({ table, make: halving, seed: 1, tolerance: 0.01 }), 4 / 2 + 1);
});

test("the predictor needs less than a third of random search's evaluations, and evolution fewer than it", () => {
  const seeds = [0, 1, 2, 3, 4, 5];
  const total = (make: (problem: SearchProblem) => ReturnType<typeof randomSearch>) =>
    seeds.reduce((sum, seed) => {
      const table = openTable(
        syntheticTable(seed, [3, 3, 3, 3, 3, 3], { single: 0.7, pairs: 0.25, all: 0.05 }),
      );
      return (
        sum + evaluationsToBest({ table, make: (s) => make(problemOf(table, s)), seed, tolerance: 0.001 })
      );
    }, 0);
  const random = total((problem) =>
    randomSearch(problem, { candidates: [...allSubnets(problem.space)].length }),
  );
  const predictor = total((problem) =>
    predictorSearch(problem, { candidates: 150, initial: 10, batch: 4, pool: 200, exploration: 2 }),
  );
  const evolved = total((problem) =>
    evolutionSearch(problem, {
      populationSize: 20,
      topK: 8,
      mutations: { children: 10, probability: 0.2 },
      crossovers: 10,
    }),
  );
  assert.ok(predictor < random / 3, `${predictor} of ${random}`);
  assert.ok(evolved < random, `${evolved} of ${random}`);
});
