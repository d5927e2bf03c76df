import { Random } from "@supernet/base";
import type { Subnet } from "../../space/space.js";
import { checkFeasible } from "../feasible.js";
import { sampleUnseen } from "../generate.js";
import type { SearchProblem } from "../problem.js";
import { checkWhole } from "../settings.js";
import { defineStrategy, onAllImages, type Strategy } from "../state.js";

export interface RandomSearchSettings {
  /** Subnets to score. */
  readonly candidates: number;
}

/** Subnets in a generation: those of the next may be stopped early by what these were scored. */
export const RANDOM_GENERATION = 50;

/**
 * Random search: different random subnets that meet the constraints, the baseline that every strategy has to beat
 * (Li & Talwalkar, 2019, arXiv:1902.07638). Ends early where no more subnets are found.
 * @throws UserError where a setting is out of range or no subnet meets the constraints
 */
export function randomSearch(problem: SearchProblem, settings: RandomSearchSettings): Strategy {
  const { candidates } = settings;
  checkWhole({ candidates }, 1);
  checkFeasible(problem);

  let drawn: readonly Subnet[] | undefined;
  const draw = (generation: number): readonly Subnet[] => {
    // Of the problem alone: whichever generation a resumed search goes on with, all are drawn as at first.
    drawn ??= sampleUnseen(problem, new Set(), candidates, Random.of(problem.seed, "random search"));
    return drawn.slice(generation * RANDOM_GENERATION, (generation + 1) * RANDOM_GENERATION);
  };
  const generations = Math.ceil(candidates / RANDOM_GENERATION);
  return defineStrategy(
    "random",
    problem,
    { candidates },
    generations,
    ({ generation }) => onAllImages(draw(generation)),
    1,
  );
}
