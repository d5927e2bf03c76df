import { Random } from "@supernet/base";
import { neighbours } from "../../space/neighbours.js";
import { subnetKey } from "../../space/space.js";
import { acceptIfNew } from "../generate.js";
import { checkWhole } from "../settings.js";
import { enqueueGeneration, onAllImages, ranked, type SearchState, type Strategy } from "../state.js";

export interface RefinementSettings {
  /** Subnets to score at the most, beside those of the strategy before. */
  readonly candidates: number;
  /** Neighbours that are proposed together. */
  readonly batch: number;
}

/**
 * Any strategy, and then a local search from the best that it found: neighbours, which differ in one decision, are
 * scored in random order, from each better one on its neighbours, until none is better or the candidates are used up
 * (White et al., "Exploring the Loss Landscape in Neural Architecture Search", UAI 2021).
 * @throws UserError where a setting is out of range
 */
export function refined(strategy: Strategy, settings: RefinementSettings): Strategy {
  const { candidates, batch } = settings;
  checkWhole({ candidates, batch }, 1);
  const { problem, generations, elite } = strategy;
  const { space, seed } = problem;

  const refine = (state: SearchState): SearchState => {
    // Whatever the strategy left out, refinement's generations are told by their numbers.
    const generation = Math.max(state.generation, generations);
    const done = state.history.filter((candidate) => candidate.generation >= generations).length;
    const best = ranked(state.history)[0];
    if (best === undefined) return state;
    // One that was stopped early is not as good as the best; one of a rung may be.
    const scored = state.history.filter(({ fraction, parts }) => fraction === 1 || parts !== undefined);
    const seen = new Set(scored.map(({ subnet }) => subnetKey(space, subnet)));
    const around = neighbours(space, best.subnet);
    const random = Random.of(seed, "refinement", generation);
    const next = random
      .permutation(around.length)
      .map((i) => around[i]!)
      .filter((subnet) => acceptIfNew(problem, seen, subnet));
    return enqueueGeneration(
      { ...state, generation },
      onAllImages(next.slice(0, Math.min(batch, candidates - done))),
    );
  };

  return {
    problem,
    generations: generations + candidates,
    elite,
    start() {
      const state = strategy.start();
      const { run } = state;
      return { ...state, run: { ...run, settings: { ...run.settings, refinement: { ...settings } } } };
    },
    propose(state) {
      if (state.queue.length > 0) return state;
      const proposed = state.generation < generations ? strategy.propose(state) : state;
      return proposed.queue.length > 0 ? proposed : refine(state);
    },
  };
}
