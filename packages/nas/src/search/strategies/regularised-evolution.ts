import { Random, UserError } from "@supernet/base";
import { mutateOne } from "../../space/sample.js";
import type { Subnet } from "../../space/space.js";
import { checkFeasible } from "../feasible.js";
import { generateChild, sampleUnseen } from "../generate.js";
import { type SearchProblem, violationOf } from "../problem.js";
import { checkWhole } from "../settings.js";
import { defineStrategy, onAllImages, ranked, type Strategy, seenKeys } from "../state.js";

export interface RegularisedEvolutionSettings {
  /** Subnets to score, the first population included. */
  readonly candidates: number;
  /** Subnets that are alive: the latest so many. The first are random. */
  readonly population: number;
  /** Of the population, all different, drawn for each child; the best is its parent. In the paper one may come twice. */
  readonly sample: number;
  /** Children that are proposed together, from the same population; 1 as published. */
  readonly children: number;
  /** Tries for a child that meets the constraints and is new; after them its place goes to a random subnet. */
  readonly maxTries: number;
}

/**
 * Regularised evolution (Real et al., "Regularized Evolution for Image Classifier Architecture Search", AAAI 2019): a
 * child takes the place of the oldest, not of the worst, so that nothing lives on by one lucky score. A child is the
 * best of a small sample of the population with one decision changed; where that was proposed before, it is changed
 * once more, as no subnet is scored twice here.
 * @throws UserError where a setting is out of range or no subnet meets the constraints
 */
export function regularisedEvolution(
  problem: SearchProblem,
  settings: RegularisedEvolutionSettings,
): Strategy {
  const { candidates, population, sample, children, maxTries } = settings;
  checkSettings(settings);
  checkFeasible(problem);
  const { space, seed } = problem;
  const generations = 1 + Math.ceil((candidates - population) / children);
  return defineStrategy("regularised evolution", problem, { ...settings }, generations, (state) => {
    const random = Random.of(seed, "regularised evolution", state.generation);
    const seen = seenKeys(space, state);
    if (state.generation === 0) return onAllImages(sampleUnseen(problem, seen, population, random));
    const alive = state.history.slice(-population);
    const count = Math.min(children, candidates - state.history.length);
    const bred = Array.from({ length: count }, (): Subnet | undefined => {
      const parent = ranked(random.sample(alive, sample))[0]!.subnet;
      let child = parent;
      return generateChild(problem, seen, maxTries, (tries) => {
        const anew = tries === 0 || violationOf(problem, child) > 0;
        child = mutateOne(space, anew ? parent : child, random);
        return child;
      });
    }).filter((subnet) => subnet !== undefined);
    return onAllImages([...bred, ...sampleUnseen(problem, seen, count - bred.length, random)]);
  });
}

function checkSettings(settings: RegularisedEvolutionSettings): void {
  checkWhole({ ...settings }, 1);
  const { candidates, population, sample } = settings;
  if (population > candidates) {
    throw new UserError(
      `search: the population (${population}) must not be above candidates (${candidates})`,
    );
  }
  if (sample > population) {
    throw new UserError(`search: the sample (${sample}) must not be above the population (${population})`);
  }
}
