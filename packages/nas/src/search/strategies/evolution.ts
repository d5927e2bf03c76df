import {
  count,
  crossFieldCheck,
  fraction,
  type Immutable,
  parseOptions,
  positive,
  Random,
} from "@supernet/base";
import { z } from "zod";
import { crossover, mutate } from "../../space/sample.js";
import { type Space, type Subnet, voidDecisions } from "../../space/space.js";
import { generateChildren, maxTriesSchema, sampleUnseen } from "../generate.js";
import type { SearchProblem } from "../problem.js";
import { type Proposal, ranked, type SearchState, seenKeys } from "../state.js";
import { onAllImages, type Strategy } from "../strategy.js";
import { mutationRates } from "./mutation-rates.js";
import { defineStrategy, fullLength, strategyFrom } from "./strategy-definition.js";

const mutationsSchema = z.strictObject({
  children: count.describe("Number of children per generation that are mutations of one parent."),
  probability: positive.max(1).describe("Probability that a decision of the parent is sampled again."),
  perDecision: z
    .record(z.string(), fraction)
    .refine((rates) => Object.keys(rates).length > 0, "a probability, such as {depth: 0.4}")
    .optional()
    .describe(
      "Other probabilities for some decisions, by name or by the last part of the name: `depth` applies to " +
        "`stages.2.depth` and to every other depth.",
    ),
});

const settingsSchema = z
  .strictObject({
    populationSize: count.describe("Number of subnets to score in each generation."),
    generations: z.int().min(2).describe("Number of generations, including the random first one."),
    topK: count.describe("Number of parents: the best subnets of all generations so far."),
    mutations: mutationsSchema
      .nullable()
      .describe("Children that are a parent with some decisions sampled again. `null` for none."),
    crossovers: z
      .int()
      .min(0)
      .describe("Number of children per generation that take each decision from either of two parents."),
    maxTries: maxTriesSchema,
  })
  .superRefine(
    crossFieldCheck((settings, addIssue) => {
      const { populationSize, generations, topK, mutations, crossovers } = settings;
      const children = (mutations?.children ?? 0) + crossovers;
      const candidates = populationSize * (generations - 1);
      if (children === 0) addIssue(["crossovers"], "at least 1, because there are no mutations");
      if (children > populationSize) {
        addIssue(
          ["populationSize"],
          `at least ${children}, the children by mutation and crossover of a generation`,
        );
      }
      if (topK > candidates) {
        addIssue(["topK"], `at most ${candidates}, the candidates before the last generation`);
      }
      if (crossovers > 0 && topK < 2) addIssue(["topK"], "at least 2, the parents of a crossover");
    }),
  )
  .describe("Evolution with mutation and crossover, as in SPOS and AutoFormer.");

export type EvolutionSettings = Immutable<z.output<typeof settingsSchema>>;

/** Settings of SPOS and DetNAS: 1000 subnets are scored. */
export const PUBLISHED_EVOLUTION: EvolutionSettings = {
  populationSize: 50,
  generations: 20,
  topK: 10,
  mutations: { children: 25, probability: 0.1 },
  crossovers: 25,
  maxTries: 10,
};

export const evolutionDefinition = defineStrategy({
  kind: "evolution",
  title: "evolution search",
  settings: () => settingsSchema,
  length: ({ populationSize, generations }) => fullLength(populationSize * generations),
  earlyStopAfter: ({ populationSize }) => populationSize,
  checkSpace(space, { mutations }) {
    if (mutations !== null) mutationRates(space, mutations);
  },
  create: (problem, settings) => ({
    generations: settings.generations,
    elite: settings.topK,
    propose: (state) => nextGeneration(problem, settings, state),
  }),
});

/**
 * Creates an evolution search over a weight-sharing supernet (SPOS, Guo et al., 2020, algorithm 1,
 * https://arxiv.org/abs/1904.00420).
 *
 * The first generation is random. Each later one consists of mutations and crossovers of the best subnets so far, and
 * of random subnets that fill it up to `populationSize`. Every subnet meets the constraints and none is proposed twice.
 * A generation is smaller if no more subnets are found, and the search ends with an empty one.
 *
 * A mutation resamples the void decisions of the parent, so the choices of a block that a greater depth adds are
 * random. With `perDecision` probabilities for `depth` and `width`, these are the mutations of AutoFormer's search
 * (Chen et al., ICCV 2021). Differences from AutoFormer's search:
 *
 * 1. The parents of a crossover are two different subnets of any depth, instead of two of equal depth that may be the
 *    same.
 * 2. Each child has `maxTries` tries, instead of ten for all children together.
 * 3. There are 20 generations by default, instead of 21, the last of which is never selected from.
 *
 * @example
 * const strategy = evolutionSearch(problem, { populationSize: 20, mutations: { children: 10, probability: 0.2 } });
 * @param settings default: `PUBLISHED_EVOLUTION`
 * @throws UserError if a setting is wrong, a probability is for an unknown decision, or no subnet meets the constraints
 */
export function evolutionSearch(problem: SearchProblem, settings: Partial<EvolutionSettings> = {}): Strategy {
  const given = parseOptions(evolutionDefinition.kind, z.looseObject({}), settings);
  return strategyFrom(evolutionDefinition, problem, { ...PUBLISHED_EVOLUTION, ...given });
}

function nextGeneration(problem: SearchProblem, settings: EvolutionSettings, state: SearchState): Proposal[] {
  const { space, seed } = problem;
  const { populationSize, topK, maxTries } = settings;
  const random = Random.of(seed, "evolution", state.generation);
  const seen = seenKeys(space, state);
  const parents = ranked(state.history)
    .slice(0, topK)
    .map(({ subnet }) => subnet);

  const mutants = generateChildren(problem, seen, {
    count: parents.length > 0 ? (settings.mutations?.children ?? 0) : 0,
    maxTries,
    makeChild: randomMutation(space, settings, parents, random),
  });
  const crossed = generateChildren(problem, seen, {
    count: parents.length > 1 ? settings.crossovers : 0,
    maxTries,
    makeChild() {
      const [a, b] = random.sample(parents, 2);
      return crossover(space, a!, b!, random);
    },
  });
  const missing = populationSize - mutants.length - crossed.length;
  return onAllImages([...mutants, ...crossed, ...sampleUnseen(problem, seen, { count: missing, random })]);
}

/** Returns a function that mutates a random parent. */
function randomMutation(
  space: Space,
  { mutations }: EvolutionSettings,
  parents: readonly Subnet[],
  random: Random,
): () => Subnet {
  if (mutations === null) return () => random.pick(parents);
  const rateOf = mutationRates(space, mutations);
  const voids = new Map(parents.map((parent) => [parent, voidDecisions(space, parent)]));
  return () => {
    const parent = random.pick(parents);
    return mutate(space, parent, ({ name }) => (voids.get(parent)!.has(name) ? 1 : rateOf(name)), random);
  };
}
