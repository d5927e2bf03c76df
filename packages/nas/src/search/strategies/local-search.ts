import { count, type Immutable, parseOptions, Random } from "@supernet/base";
import { z } from "zod";
import { neighbors } from "../../space/sample.js";
import { subnetKey } from "../../space/space.js";
import { acceptIfNew } from "../generate.js";
import { ranked, type SearchState } from "../state.js";
import { checkStrategy, enqueueGeneration, onAllImages, type Strategy } from "../strategy.js";

export const localSearchSettings = z
  .strictObject({
    candidates: count.describe("Maximum number of subnets to score, in addition to those of the strategy."),
    batch: count.describe("Number of neighbors that are proposed together."),
  })
  .describe("Local search that starts from the best subnet of the strategy.");

export type LocalSearchSettings = Immutable<z.output<typeof localSearchSettings>>;

/**
 * Adds a local search to a strategy. It starts from the best subnet that the strategy found. Its neighbors, which
 * differ in one decision, are scored in random order. A better one becomes the next start. The search ends when no
 * neighbor is better or `candidates` subnets were scored (White et al., "Exploring the Loss Landscape in Neural
 * Architecture Search", UAI 2021, https://arxiv.org/abs/2005.02960).
 *
 * @example
 * const strategy = withLocalSearch(evolutionSearch(problem), { candidates: 200, batch: 10 });
 * @throws UserError if a setting is wrong
 */
export function withLocalSearch(strategy: Strategy, settings: LocalSearchSettings): Strategy {
  checkStrategy("withLocalSearch", strategy);
  const { candidates, batch } = parseOptions("withLocalSearch", localSearchSettings, settings);
  const { problem, generations, elite } = strategy;
  const { space, seed } = problem;

  const refine = (state: SearchState): SearchState => {
    // Generations of the local search are numbered from `generations`, even if the strategy ended before.
    const generation = Math.max(state.generation, generations);
    const done = state.history.filter((candidate) => candidate.generation >= generations).length;
    const best = ranked(state.history)[0];
    if (best === undefined) return state;
    // A subnet that was stopped early is not better than the best, but one that a rung dropped may be.
    const scored = state.history.filter(({ fraction, parts }) => fraction === 1 || parts !== undefined);
    const seen = new Set(scored.map(({ subnet }) => subnetKey(space, subnet)));
    const around = neighbors(space, best.subnet);
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
      return { ...state, run: { ...run, settings: { ...run.settings, refinement: { candidates, batch } } } };
    },
    propose(state) {
      if (state.queue.length > 0) return state;
      const proposed = state.generation < generations ? strategy.propose(state) : state;
      return proposed.queue.length > 0 ? proposed : refine(state);
    },
  };
}
