import { Random } from "@supernet/torch/random";
import { checkFeasible } from "../feasible.js";
import { drawFresh } from "../fresh.js";
import type { SearchProblem } from "../problem.js";
import { checkWhole } from "../settings.js";
import { defineStrategy, inFull, type Strategy, seenKeys } from "../state.js";

export interface RandomSearchSettings {
  /** Subnets to score. */
  readonly candidates: number;
}

/**
 * Random search: different random subnets that meet the constraints, the baseline that every strategy has to beat
 * (Li & Talwalkar, 2019, arXiv:1902.07638). Ends early where no more subnets are found.
 * @throws UserError where a setting is out of range or no subnet meets the constraints
 */
export function randomSearch(problem: SearchProblem, settings: RandomSearchSettings): Strategy {
  const { candidates } = settings;
  checkWhole({ candidates }, 1);
  checkFeasible(problem);

  return defineStrategy("random", problem, { candidates }, 1, (state) => {
    const random = Random.of(problem.seed, "random search");
    return inFull(drawFresh(problem, seenKeys(problem.space, state), candidates, random));
  });
}
