import type { Space, Subnet } from "../space/space.js";
import type { SearchProblem } from "./problem.js";
import type { Strategy } from "./state.js";
import { evolutionSearch } from "./strategies/evolution.js";
import { nsga2 } from "./strategies/nsga2.js";
import { predictorSearch } from "./strategies/predictor.js";
import { randomSearch } from "./strategies/random.js";
import { refined } from "./strategies/refinement.js";
import { regularisedEvolution } from "./strategies/regularised-evolution.js";
import { successiveHalving } from "./strategies/successive-halving.js";

/** A toy problem: `decisions` digits; `sum` and `product` of the digits are its resources. */
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

/** Digits weighed by their place, with ties: what the toy searches climb on. */
export function toyScore(subnet: Subnet): number {
  return Object.values(subnet).reduce<number>((sum, digit, i) => sum + (i + 1) * Number(digit), 0);
}

function measure(subnet: Subnet): { sum: number; product: number } {
  const digits = Object.values(subnet).map(Number);
  return { sum: digits.reduce((a, b) => a + b, 0), product: digits.reduce((a, b) => a * b, 1) };
}

/** Every strategy at test size: it scores 24 subnets, halving 24 + 12 + 6, or what the problem has of them. */
export const SMALL_STRATEGIES: Readonly<Record<string, (problem: SearchProblem) => Strategy>> = {
  random: (problem) => randomSearch(problem, { candidates: 24 }),
  evolution: (problem) =>
    evolutionSearch(problem, { population: 8, epochs: 3, topK: 3, mutations: 3, crossovers: 3 }),
  regularised: (problem) =>
    regularisedEvolution(problem, { candidates: 24, population: 8, sample: 3, children: 3, maxTries: 10 }),
  nsga2: (problem) =>
    nsga2(problem, {
      minimise: ["sum", "product"],
      population: 8,
      generations: 3,
      crossoverProbability: 0.9,
      mutationProbability: 0.2,
      maxTries: 10,
    }),
  halving: (problem) => successiveHalving(problem, { candidates: 24, reduction: 2, rungs: 3 }),
  predictor: (problem) =>
    predictorSearch(problem, { candidates: 24, initial: 8, batch: 4, pool: 20, exploration: 1 }),
  refined: (problem) => refined(randomSearch(problem, { candidates: 16 }), { candidates: 8, batch: 3 }),
};
