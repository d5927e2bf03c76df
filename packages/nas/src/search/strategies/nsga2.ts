import { nearest, Random, UserError } from "@supernet/base";
import { crossover, mutate } from "../../space/sample.js";
import { firstSubnet, type Subnet, voidDecisions } from "../../space/space.js";
import { checkFeasible } from "../feasible.js";
import { generateChildren, sampleUnseen } from "../generate.js";
import { checkProbability } from "../mutation-rates.js";
import { crowdingDistances, nonDominatedSort, objectivesOf } from "../pareto.js";
import type { SearchProblem } from "../problem.js";
import { checkWhole } from "../settings.js";
import { type Candidate, defineStrategy, onAllImages, type Strategy, seenKeys } from "../state.js";

export interface Nsga2Settings {
  /** Resources that are to be small while the score is to be high, by the names that the problem measures them under. */
  readonly minimise: readonly string[];
  /** Subnets scored in each generation, and parents of the next. */
  readonly population: number;
  /** Generations, the random first one included. */
  readonly generations: number;
  /** With which a child takes its decisions from two parents, not from one. */
  readonly crossoverProbability: number;
  /** With which each decision of a child is drawn again. */
  readonly mutationProbability: number;
  /** Tries for a child that meets the constraints and is new; after them its place goes to a random subnet. */
  readonly maxTries: number;
}

/**
 * NSGA-II (Deb et al., "A Fast and Elitist Multiobjective Genetic Algorithm", 2002): the search for all best compromises
 * between a high score and small resources at once, which `paretoFront` reads from the history. Constraints are met by
 * every subnet and need no place in the order.
 * @throws UserError where a setting is out of range, an objective is not measured, or no subnet meets the constraints
 */
export function nsga2(problem: SearchProblem, settings: Nsga2Settings): Strategy {
  checkSettings(problem, settings);
  checkFeasible(problem);
  const { space, seed } = problem;
  const { minimise, population, generations, crossoverProbability, mutationProbability, maxTries } = settings;
  return defineStrategy("NSGA-II", problem, { ...settings }, generations, (state) => {
    const random = Random.of(seed, "NSGA-II", state.generation);
    const seen = seenKeys(space, state);
    const parents = survivors(state.history, minimise, population);
    const tournament = (): Subnet => {
      const [a, b] = [random.int(parents.length), random.int(parents.length)];
      return parents[Math.min(a, b)]!.subnet;
    };
    const child = (): Subnet => {
      const parent = tournament();
      const crossed = random.uniform() < crossoverProbability;
      const mixed = crossed ? crossover(space, parent, tournament(), random) : parent;
      const voids = voidDecisions(space, mixed);
      return mutate(space, mixed, ({ name }) => (voids.has(name) ? 1 : mutationProbability), random);
    };
    const bred =
      parents.length === 0
        ? []
        : generateChildren(problem, seen, { count: population, maxTries, makeChild: child });
    return onAllImages([...bred, ...sampleUnseen(problem, seen, population - bred.length, random)]);
  });
}

/**
 * Who lives after all generations of a history: of the living and the newly scored the best `population`, generation by
 * generation. From best to worst by the crowded comparison: by front, then the less crowded; equals by age.
 */
function survivors(
  history: readonly Candidate[],
  minimise: readonly string[],
  population: number,
): readonly Candidate[] {
  let alive: readonly Candidate[] = [];
  for (let generation = 0, from = 0; from < history.length; generation++) {
    const end = history.findIndex((candidate, i) => i >= from && candidate.generation !== generation);
    const to = end === -1 ? history.length : end;
    alive = byCrowdedComparison([...alive, ...history.slice(from, to)], minimise).slice(0, population);
    from = to;
  }
  return alive;
}

function byCrowdedComparison(candidates: readonly Candidate[], minimise: readonly string[]): Candidate[] {
  const scored = candidates.filter(({ score }) => score !== null);
  const points = scored.map((candidate) => objectivesOf(candidate, minimise));
  const inOrder = nonDominatedSort(points).flatMap((front) => {
    const distances = crowdingDistances(front.map((i) => points[i]!));
    return [...front.keys()].toSorted((a, b) => compare(distances[b]!, distances[a]!)).map((i) => front[i]!);
  });
  return [...inOrder.map((i) => scored[i]!), ...candidates.filter(({ score }) => score === null)];
}

/** Two infinite distances are equal, whose difference is no number. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

function checkSettings(problem: SearchProblem, settings: Nsga2Settings): void {
  const { minimise, population, generations, maxTries } = settings;
  checkWhole({ population, generations, maxTries }, 1);
  checkProbability("crossoverProbability", settings.crossoverProbability);
  checkProbability("mutationProbability", settings.mutationProbability);
  const measured = Object.keys(problem.measure(firstSubnet(problem.space)));
  if (minimise.length === 0) throw new UserError("search: minimise names no resource");
  for (const name of minimise) {
    if (measured.includes(name)) continue;
    const guess = nearest(name, measured);
    throw new UserError(
      `search: unknown resource ${name} in minimise` +
        (guess === undefined ? `; there are ${measured.join(", ")}` : `: did you mean ${guess}?`),
    );
  }
  const twice = minimise.find((name, i) => minimise.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`search: minimise names ${twice} twice`);
}
