import { Random, UserError } from "@supernet/base";
import { crossover, mutate } from "../../space/sample.js";
import { type Subnet, voidDecisions } from "../../space/space.js";
import { checkFeasible } from "../feasible.js";
import { generateChildren, sampleUnseen } from "../generate.js";
import { type MutationRates, mutationRates } from "../mutation-rates.js";
import type { SearchProblem } from "../problem.js";
import { checkWhole } from "../settings.js";
import {
  defineStrategy,
  onAllImages,
  type Proposal,
  ranked,
  type SearchState,
  type Strategy,
  seenKeys,
} from "../state.js";

export interface EvolutionSettings {
  /** Subnets scored in each generation. */
  readonly population: number;
  /** Generations, the random first one included. */
  readonly epochs: number;
  /** Parents: the best of all that were scored so far, over all generations. */
  readonly topK: number;
  /** Children of a generation made by mutating one parent. */
  readonly mutations: number;
  /** With which each decision of the parent is drawn again. */
  readonly mutationProbability: number;
  /**
   * Other probabilities for some decisions, by their name or its last part: `depth` is every stage's too, which is
   * named `stages.2.depth`.
   */
  readonly mutationProbabilities: MutationRates;
  /** Children of a generation made by crossing two parents. */
  readonly crossovers: number;
  /** Tries for a child that meets the constraints and is new; after them its place goes to a random subnet. */
  readonly maxTries: number;
}

/** The settings of SPOS and DetNAS: 1000 subnets scored. */
export const PUBLISHED_EVOLUTION: EvolutionSettings = {
  population: 50,
  epochs: 20,
  topK: 10,
  mutations: 25,
  mutationProbability: 0.1,
  mutationProbabilities: {},
  crossovers: 25,
  maxTries: 10,
};

/**
 * Evolution search over a weight-sharing supernet (SPOS, Guo et al., 2020, arXiv:1904.00420, algorithm 1).
 *
 * The first generation is random. Each later one is made of mutations and crossovers of the best so far, then
 * filled up to `population` with random subnets. Every subnet meets the constraints and none is proposed twice.
 * A generation is smaller where no more subnets are found, and the search ends with an empty one.
 *
 * A mutation draws what is void in the parent anew, so that the choices of a block which a greater depth brings in are
 * random. With rates of their own for `depth` and `width` these are the mutations of AutoFormer's search (Chen et al.,
 * ICCV 2021). Its crossovers have parents of equal depth, which may be one and the same; here they are two different
 * ones of any depth. Its children share ten tries each; here each has its own. It scores 21 generations, of which it
 * never selects from the last; here there are 20.
 * @throws UserError where a setting is out of range, a probability is for no decision, or no subnet meets the
 *   constraints
 */
export function evolutionSearch(problem: SearchProblem, settings: Partial<EvolutionSettings> = {}): Strategy {
  const all = { ...PUBLISHED_EVOLUTION, ...settings };
  checkSettings(all);
  const rateOf = mutationRates(problem.space, all.mutationProbability, all.mutationProbabilities);
  checkFeasible(problem);
  const draw = (state: SearchState) => nextGeneration(problem, all, rateOf, state);
  return defineStrategy("evolution", problem, all, all.epochs, draw, all.topK);
}

function nextGeneration(
  problem: SearchProblem,
  settings: EvolutionSettings,
  rateOf: (decision: string) => number,
  state: SearchState,
): Proposal[] {
  const { space, seed } = problem;
  const random = Random.of(seed, "evolution", state.generation);
  const seen = seenKeys(space, state);
  const parents = ranked(state.history)
    .slice(0, settings.topK)
    .map((candidate) => candidate.subnet);

  const queue: Subnet[] = [];
  const add = (count: number, child: () => Subnet) =>
    queue.push(...generateChildren(problem, seen, { count, maxTries: settings.maxTries, makeChild: child }));
  if (parents.length > 0) {
    const voids = new Map(parents.map((parent) => [parent, voidDecisions(space, parent)]));
    add(settings.mutations, () => {
      const parent = random.pick(parents);
      return mutate(space, parent, ({ name }) => (voids.get(parent)!.has(name) ? 1 : rateOf(name)), random);
    });
  }
  if (parents.length > 1) {
    add(settings.crossovers, () => {
      const [a, b] = random.sample(parents, 2);
      return crossover(space, a!, b!, random);
    });
  }
  queue.push(...sampleUnseen(problem, seen, settings.population - queue.length, random));
  return onAllImages(queue);
}

function checkSettings(settings: EvolutionSettings): void {
  const { population, epochs, topK, mutations, crossovers, maxTries } = settings;
  checkWhole({ population, epochs, topK, maxTries }, 1);
  checkWhole({ mutations, crossovers }, 0);
  if (mutations + crossovers > population) {
    throw new UserError(
      `search: mutations (${mutations}) and crossovers (${crossovers}) together must not be above ` +
        `the population (${population})`,
    );
  }
}
