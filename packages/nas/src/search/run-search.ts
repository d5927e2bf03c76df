import type { Subnet } from "../space/space.js";
import { type Candidate, observe, ranked, type SearchState, type Strategy } from "./state.js";

export interface SearchOptions {
  readonly strategy: Strategy;
  /** Where to go on from (`loadSearchState`); a new search where it is left out. */
  readonly state?: SearchState | undefined;
  /**
   * Scores a subnet, higher better; `index` counts the candidates of the whole search, resumed ones included.
   * A score that is no finite number (undefined, NaN) ranks last and the search goes on.
   * For a resumed search to equal an unbroken one it must depend on its two arguments alone.
   */
  readonly evaluate: (subnet: Subnet, index: number) => Promise<number | undefined>;
  /** Called after every candidate, before the next is begun: `saveSearchState`. */
  readonly save?: (state: SearchState) => void;
  readonly onCandidate?: (candidate: Candidate, index: number) => void;
}

export interface SearchResult {
  /** The candidate with the highest score, the earliest of equals. */
  readonly best: Candidate;
  readonly state: SearchState;
}

/** Searches to the end, one candidate after the other, from the start or from where `state` left off. */
export async function runSearch(options: SearchOptions): Promise<SearchResult> {
  const { strategy, evaluate } = options;
  let state = options.state ?? strategy.start();
  for (;;) {
    const proposal = strategy.propose(state);
    if (proposal === undefined) break;
    const index = proposal.state.history.length;
    const score = await evaluate(proposal.subnet, index);
    state = observe(strategy.problem, proposal.state, proposal.subnet, score);
    // A record without its state is dropped and made anew by a resumed run; a state without its record would lose it.
    options.onCandidate?.(state.history.at(-1)!, index);
    options.save?.(state);
  }
  const best = ranked(state.history)[0];
  if (best === undefined) throw new Error("runSearch: the strategy proposed no subnet");
  return { best, state };
}
