import { count, crossFieldCheck, type Immutable, Random } from "@supernet/base";
import { z } from "zod";
import { mutateOne } from "../../space/sample.js";
import type { Subnet } from "../../space/space.js";
import { generateChild, maxTriesSchema, sampleUnseen } from "../generate.js";
import { type SearchProblem, violationOf } from "../problem.js";
import { ranked, seenKeys } from "../state.js";
import { onAllImages, type Strategy } from "../strategy.js";
import { defineStrategy, fullLength, strategyFrom } from "./strategy-definition.js";

const settingsSchema = z
  .strictObject({
    candidates: count.describe("Number of subnets to score, including the first population."),
    populationSize: count.describe(
      "Number of subnets in the population: the latest ones. The first are random.",
    ),
    sample: count.describe(
      "Number of different subnets that are sampled from the population for each child. The best one is its parent.",
    ),
    children: count.describe("Number of children that are proposed together. 1 as published."),
    maxTries: maxTriesSchema,
  })
  .superRefine(
    crossFieldCheck(({ candidates, populationSize, sample, children }, addIssue) => {
      if (populationSize >= candidates) {
        addIssue(
          ["populationSize"],
          `less than the ${candidates} candidates, because a random search has no parents`,
        );
      }
      if (sample > populationSize) addIssue(["sample"], `at most ${populationSize}, the population`);
      const max = candidates - populationSize;
      if (max > 0 && children > max) {
        addIssue(["children"], `at most ${max}, the children of the complete search`);
      }
    }),
  )
  .describe("Regularized evolution (https://arxiv.org/abs/1802.01548): the oldest subnets die.");

export type RegularizedEvolutionSettings = Immutable<z.output<typeof settingsSchema>>;

export const regularizedEvolutionDefinition = defineStrategy({
  kind: "regularized-evolution",
  title: "regularized evolution",
  settings: () => settingsSchema,
  length: ({ candidates }) => fullLength(candidates),
  create(problem, { candidates, populationSize, sample, children, maxTries }) {
    const { space, seed } = problem;
    return {
      generations: 1 + Math.ceil((candidates - populationSize) / children),
      propose(state) {
        // The key keeps its first spelling: with another one, a seed would give other subnets.
        const random = Random.of(seed, "regularised evolution", state.generation);
        const seen = seenKeys(space, state);
        if (state.generation === 0)
          return onAllImages(sampleUnseen(problem, seen, { count: populationSize, random }));
        const population = state.history.slice(-populationSize);
        const size = Math.min(children, candidates - state.history.length);
        const mutants = Array.from({ length: size }, (): Subnet | undefined => {
          const parent = ranked(random.sample(population, sample))[0]!.subnet;
          let child = parent;
          return generateChild(problem, seen, {
            maxTries,
            makeChild: (tries) => {
              const restart = tries === 0 || violationOf(problem, child) > 0;
              child = mutateOne(space, restart ? parent : child, random);
              return child;
            },
          });
        }).filter((subnet) => subnet !== undefined);
        return onAllImages([
          ...mutants,
          ...sampleUnseen(problem, seen, { count: size - mutants.length, random }),
        ]);
      },
    };
  },
});

/**
 * Creates a regularized evolution (Real et al., "Regularized Evolution for Image Classifier Architecture Search", AAAI
 * 2019, https://arxiv.org/abs/1802.01548). A child replaces the oldest subnet, not the worst, so one lucky score does
 * not keep a subnet alive. A child is the best of a small sample of the population with one decision changed. If that
 * subnet was proposed before, one more decision is changed, because no subnet is scored twice.
 *
 * @example
 * const strategy = regularizedEvolution(problem, {
 *   candidates: 500,
 *   populationSize: 50,
 *   sample: 10,
 *   children: 1,
 *   maxTries: 10,
 * });
 * @throws UserError if a setting is wrong or no subnet meets the constraints
 */
export const regularizedEvolution = (
  problem: SearchProblem,
  settings: RegularizedEvolutionSettings,
): Strategy => strategyFrom(regularizedEvolutionDefinition, problem, settings);
