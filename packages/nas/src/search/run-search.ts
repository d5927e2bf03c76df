import {
  type Candidate,
  isWaiting,
  observe,
  type Proposal,
  ranked,
  type SearchState,
  type Strategy,
} from "./state.js";

export interface SearchOptions {
  readonly strategy: Strategy;
  /** Where to go on from (`loadSearchState`); a new search where it is left out. */
  readonly state?: SearchState | undefined;
  /**
   * Scores a subnet, higher better; `index` counts the candidates of the whole search, resumed ones included.
   * A score that is no finite number (undefined, NaN) ranks last and the search goes on.
   * For a resumed search to equal an unbroken one it must depend on its two arguments alone.
   */
  readonly evaluate: (proposal: Proposal, index: number) => Promise<number | undefined>;
  /** Evaluations under way at the same time, of one generation; 1 where it is left out. The result is the same. */
  readonly parallel?: number;
  /** Called after every score: `saveSearchState`. */
  readonly save?: (state: SearchState) => void;
  /** Called in the order of proposal, once all before it are scored too. */
  readonly onCandidate?: (candidate: Candidate, index: number) => void;
}

export interface SearchResult {
  /** The candidate with the highest score of those scored on the most images, the earliest of equals. */
  readonly best: Candidate;
  readonly state: SearchState;
}

/** Searches to the end, from the start or from where `state` left off. */
export async function runSearch(options: SearchOptions): Promise<SearchResult> {
  const { strategy } = options;
  let state = options.state ?? strategy.start();
  for (;;) {
    const proposed = strategy.propose(state);
    if (proposed.queue.length === 0) break;
    state = await scoreQueue(proposed, options);
  }
  const best = ranked(state.history)[0];
  if (best === undefined) throw new Error("runSearch: the strategy proposed no subnet");
  return { best, state };
}

/** The state once all of its queue are scored. After a failure nothing new is begun, and what runs is awaited. */
async function scoreQueue(proposed: SearchState, options: SearchOptions): Promise<SearchState> {
  const { strategy, evaluate, parallel = 1, onCandidate, save } = options;
  const waiting = proposed.queue
    .map((proposal, place) => ({ proposal, index: proposed.history.length + place }))
    .filter(({ proposal }) => isWaiting(proposal));
  let state = proposed;
  let failed = false;
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !failed; next = waiting.shift()) {
      const { proposal, index } = next;
      const score = await evaluate({ subnet: proposal.subnet, fraction: proposal.fraction }, index);
      if (failed) return;
      const before = state.history.length;
      state = observe(strategy.problem, state, proposal.subnet, score);
      // A record without its state is dropped and made anew by a resumed run; a state without its record would lose it.
      for (const [i, candidate] of state.history.slice(before).entries())
        onCandidate?.(candidate, before + i);
      save?.(state);
    }
  };
  const workers = Array.from({ length: parallel }, () =>
    work().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  const failure = (await Promise.allSettled(workers)).find(({ status }) => status === "rejected");
  if (failure) throw (failure as PromiseRejectedResult).reason;
  return state;
}
