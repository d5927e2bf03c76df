import { crossFieldCheck, fraction, type Immutable, Random } from "@supernet/base";
import { z } from "zod";
import { crossover, mutate } from "../../space/sample.js";
import { type Subnet, voidDecisions } from "../../space/space.js";
import { generateChildren, maxTriesSchema, sampleUnseen } from "../generate.js";
import { crowdingDistances, nonDominatedSort, objectivesOf } from "../pareto.js";
import type { SearchProblem } from "../problem.js";
import { type Candidate, seenKeys } from "../state.js";
import { onAllImages, type Strategy } from "../strategy.js";
import { minimizeSchema } from "./minimize.js";
import { defineStrategy, fullLength, strategyFrom } from "./strategy-definition.js";

const settingsSchema = (resources: readonly string[]) =>
  z
    .strictObject({
      minimize: minimizeSchema(resources),
      populationSize: z
        .int()
        .min(2)
        .describe("Number of subnets to score in each generation, and of parents of the next one."),
      generations: z.int().min(2).describe("Number of generations, including the random first one."),
      crossoverProbability: fraction.describe(
        "Probability that a child takes its decisions from two parents instead of one.",
      ),
      mutationProbability: fraction.describe("Probability that a decision of a child is sampled again."),
      maxTries: maxTriesSchema,
    })
    .superRefine(
      crossFieldCheck(({ crossoverProbability, mutationProbability }, addIssue) => {
        if (crossoverProbability + mutationProbability === 0) {
          addIssue(["mutationProbability"], "more than 0, because there are no crossovers");
        }
      }),
    )
    .describe(
      "NSGA-II (https://doi.org/10.1109/4235.996017): finds the trade-off between the score and some resources.",
    );

export type Nsga2Settings = Immutable<z.output<ReturnType<typeof settingsSchema>>>;

export const nsga2Definition = defineStrategy({
  kind: "nsga2",
  title: "NSGA-II for several objectives",
  settings: settingsSchema,
  length: ({ populationSize, generations }) => fullLength(populationSize * generations),
  objectives: ({ minimize }) => minimize,
  create(problem, settings) {
    const { space, seed } = problem;
    const { minimize, populationSize, generations, crossoverProbability, mutationProbability, maxTries } =
      settings;
    return {
      generations,
      propose(state) {
        const random = Random.of(seed, "NSGA-II", state.generation);
        const seen = seenKeys(space, state);
        const parents = selectParents(state.history, minimize, populationSize);
        const tournament = (): Subnet => {
          const [a, b] = [random.int(parents.length), random.int(parents.length)];
          return parents[Math.min(a, b)]!.subnet;
        };
        const makeChild = (): Subnet => {
          const parent = tournament();
          const crossed = random.uniform() < crossoverProbability;
          const mixed = crossed ? crossover(space, parent, tournament(), random) : parent;
          const voids = voidDecisions(space, mixed);
          return mutate(space, mixed, ({ name }) => (voids.has(name) ? 1 : mutationProbability), random);
        };
        const children = generateChildren(problem, seen, {
          count: parents.length === 0 ? 0 : populationSize,
          maxTries,
          makeChild,
        });
        const missing = populationSize - children.length;
        return onAllImages([...children, ...sampleUnseen(problem, seen, { count: missing, random })]);
      },
    };
  },
});

/**
 * Creates a search by NSGA-II (Deb et al., "A Fast and Elitist Multiobjective Genetic Algorithm", 2002) for the best
 * trade-offs between a high score and small resources. `paretoFront` reads them from the history. Every subnet meets
 * the constraints, so they do not affect the order.
 *
 * @example
 * const strategy = nsga2(problem, {
 *   minimize: ["flops"],
 *   populationSize: 40,
 *   generations: 20,
 *   crossoverProbability: 0.9,
 *   mutationProbability: 0.05,
 *   maxTries: 10,
 * });
 * @throws UserError if a setting is wrong, an objective is not measured, or no subnet meets the constraints
 */
export const nsga2 = (problem: SearchProblem, settings: Nsga2Settings): Strategy =>
  strategyFrom(nsga2Definition, problem, settings);

/**
 * Returns the parents of the next generation: generation by generation, the best `populationSize` of the survivors and
 * the new candidates. They are sorted by the crowded comparison: by front, then less crowded first, then by age.
 */
function selectParents(
  history: readonly Candidate[],
  minimize: readonly string[],
  populationSize: number,
): readonly Candidate[] {
  let survivors: readonly Candidate[] = [];
  for (let generation = 0, from = 0; from < history.length; generation++) {
    const end = history.findIndex((candidate, i) => i >= from && candidate.generation !== generation);
    const to = end === -1 ? history.length : end;
    survivors = byCrowdedComparison([...survivors, ...history.slice(from, to)], minimize).slice(
      0,
      populationSize,
    );
    from = to;
  }
  return survivors;
}

function byCrowdedComparison(candidates: readonly Candidate[], minimize: readonly string[]): Candidate[] {
  const scored = candidates.filter(({ score }) => score !== null);
  const points = scored.map((candidate) => objectivesOf(candidate, minimize));
  const inOrder = nonDominatedSort(points).flatMap((front) => {
    const distances = crowdingDistances(front.map((i) => points[i]!));
    return [...front.keys()].toSorted((a, b) => compare(distances[b]!, distances[a]!)).map((i) => front[i]!);
  });
  return [...inOrder.map((i) => scored[i]!), ...candidates.filter(({ score }) => score === null)];
}

/** Compares numbers that may be infinite, whose difference is NaN. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);
