import { Random } from "@supernet/torch/random";
import { checkFeasible } from "./feasible.js";
import { drawFresh } from "./fresh.js";
import type { SearchProblem } from "./problem.js";
import { checkWhole } from "./settings.js";
import { type SearchState, type Strategy, seenKeys, startState } from "./state.js";

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

  function drawAll(state: SearchState): SearchState {
    if (state.generation > 0) return state;
    const random = Random.of(problem.seed, "random search");
    const queue = drawFresh(problem, seenKeys(problem.space, state), candidates, random);
    return { ...state, generation: 1, queue };
  }

  return {
    problem,
    start: () => startState("random", problem, { candidates }),
    propose(state) {
      const ready = drawAll(state);
      const subnet = ready.queue[0];
      return subnet && { state: ready, subnet };
    },
  };
}
