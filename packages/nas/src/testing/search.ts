import { Random } from "@supernet/base";
import type { SearchProblem } from "../search/problem.js";
import type {} from "../search/state.js";
import { evolutionSearch } from "../search/strategies/evolution.js";
import { withLocalSearch } from "../search/strategies/local-search.js";
import { nsga2 } from "../search/strategies/nsga2.js";
import { predictorSearch } from "../search/strategies/predictor.js";
import { predictorFront } from "../search/strategies/predictor-front.js";
import { randomSearch } from "../search/strategies/random.js";
import { regularizedEvolution } from "../search/strategies/regularized-evolution.js";
import { successiveHalving } from "../search/strategies/successive-halving.js";
import type { Strategy } from "../search/strategy.js";
import type { TableFile } from "../search/tabular.js";
import { allSubnets, type Space, type Subnet } from "../space/space.js";

/** Creates a toy problem of `decisions` digits, whose resources are their `sum` and `product`. */
export function digitProblem(
  decisions: number,
  digits: number,
  change: Partial<SearchProblem> = {},
): SearchProblem {
  const choices = Array.from({ length: digits }, (_, i) => i + 1);
  const space: Space = {
    name: "digits",
    decisions: Array.from({ length: decisions }, (_, i) => ({ name: `d${i}`, choices })),
  };
  return { space, constraints: {}, measure, seed: 1, ...change };
}

/** Returns the score of toy searches: the sum of the digits weighted by their index. It has ties. */
export function toyScore(subnet: Subnet): number {
  return Object.values(subnet).reduce<number>((sum, digit, i) => sum + (i + 1) * Number(digit), 0);
}

function measure(subnet: Subnet): { sum: number; product: number } {
  const digits = Object.values(subnet).map(Number);
  return { sum: digits.reduce((a, b) => a + b, 0), product: digits.reduce((a, b) => a * b, 1) };
}

const mutations = { children: 3, probability: 0.1 };

/** Every strategy at test size. It scores up to 24 subnets, or 24 + 12 + 6 with halving. */
export const SMALL_STRATEGIES: Readonly<Record<string, (problem: SearchProblem) => Strategy>> = {
  random: (problem) => randomSearch(problem, { candidates: 24 }),
  evolution: (problem) =>
    evolutionSearch(problem, { populationSize: 8, generations: 3, topK: 3, mutations, crossovers: 3 }),
  regularized: (problem) =>
    regularizedEvolution(problem, {
      candidates: 24,
      populationSize: 8,
      sample: 3,
      children: 3,
      maxTries: 10,
    }),
  nsga2: (problem) =>
    nsga2(problem, {
      minimize: ["sum", "product"],
      populationSize: 8,
      generations: 3,
      crossoverProbability: 0.9,
      mutationProbability: 0.2,
      maxTries: 10,
    }),
  halving: (problem) => successiveHalving(problem, { candidates: 24, reduction: 2, rungs: 3 }),
  predictor: (problem) =>
    predictorSearch(problem, { candidates: 24, initial: 8, batch: 4, pool: 20, exploration: 1 }),
  "predictor front": (problem) =>
    predictorFront(problem, {
      minimize: ["sum", "product"],
      candidates: 24,
      initial: 8,
      batch: 4,
      pool: 40,
      exploration: 1,
    }),
  siblings: ({ space, ...problem }) =>
    predictorFront(
      { ...problem, space: { ...space, lateDecisions: [space.decisions.at(-1)!.name] } },
      {
        minimize: ["sum", "product"],
        candidates: 24,
        initial: 8,
        batch: 4,
        pool: 40,
        siblings: 1,
        exploration: 1,
      },
    ),
  refined: (problem) =>
    withLocalSearch(randomSearch(problem, { candidates: 16 }), { candidates: 8, batch: 3 }),
};

/**
 * Creates an artificial table. The variance of accuracies has three terms, whose fractions sum to 1: effects of single
 * decisions, of pairs, and of complete subnets. The numbers of correct answers on fractions of the images are noisy.
 */
export function syntheticTable(
  seed: number,
  sizes: readonly number[],
  parts: { readonly single: number; readonly pairs: number; readonly all: number },
): TableFile {
  const random = Random.of("synthetic table", seed);
  const images = 4000;
  const decisions = sizes.map((size, i) => ({
    name: `d${i}`,
    choices: Array.from({ length: size }, (_, j) => (i % 2 === 0 ? j + 1 : `op${j}`)),
  }));
  const normals = (count: number) => Array.from({ length: count }, () => random.normal());
  // Some decisions matter more than others.
  const weight = sizes.map(() => random.uniform(0.2, 1));
  const single = sizes.map((size, i) => normals(size).map((value) => value * weight[i]!));
  const pairs = sizes.flatMap((size, i) =>
    sizes.slice(i + 1).map((other, k) => ({ i, j: i + 1 + k, other, effects: normals(size * other) })),
  );
  const subnets = [...allSubnets({ name: "", decisions })].map((subnet) =>
    decisions.map(({ name, choices }) => (choices as readonly unknown[]).indexOf(subnet[name])),
  );
  const standard = (values: readonly number[]): number[] => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return values.map((value) => (value - mean) / deviation);
  };
  const sums = standard(subnets.map((p) => p.reduce((sum, place, i) => sum + single[i]![place]!, 0)));
  const twos = standard(
    subnets.map((p) =>
      pairs.reduce((sum, { i, j, other, effects }) => sum + effects[p[i]! * other + p[j]!]!, 0),
    ),
  );
  const ones = standard(normals(subnets.length));
  const accuracies = subnets.map((_, n) => {
    const z =
      Math.sqrt(parts.single) * sums[n]! +
      Math.sqrt(parts.pairs) * twos[n]! +
      Math.sqrt(parts.all) * ones[n]!;
    // Accuracies are denser near the best, as they are among networks.
    return 0.9 - 0.05 * Math.log1p(Math.exp(-z));
  });
  const counts = (count: number) =>
    accuracies.map((p) =>
      Math.max(0, Math.min(count, Math.round(count * p + random.normal() * Math.sqrt(count * p * (1 - p))))),
    );
  // No noise on all images: networks are scored on the same images, so their differences are hardly random.
  const correct = accuracies.map((p) => Math.round(images * p));
  const partial = [0.25, 0.5].map((fraction) => ({ fraction, correct: counts(fraction * images) }));
  return { decisions, command: "none", images, correct, partial };
}
