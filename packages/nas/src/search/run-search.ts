import { callable, count, parseOptions, requireFunction, UserError } from "@supernet/base";
import { z } from "zod";
import { type EarlyStop, type EarlyStopCheck, earlyStopChecks, earlyStopSettings } from "./early-stop.js";
import { checkedPropose, stateSchema } from "./proposals.js";
import {
  type Candidate,
  isWaiting,
  observe,
  type Proposal,
  ranked,
  type Scored,
  type SearchState,
  scoredSchema,
} from "./state.js";
import { checkStrategy, type Strategy } from "./strategy.js";

interface Searching {
  readonly strategy: Strategy;
  /** Where to go on from (`loadSearchState`); a new search where it is left out. */
  readonly state?: SearchState | undefined;
  /** Scorings under way at the same time, of one generation; 1 where it is left out. The result is the same. */
  readonly parallel?: number;
  /** Called whenever scores have come: `saveSearchState`. */
  readonly save?: (state: SearchState) => void;
  /** Called in the order of proposal, once all before it are scored too. */
  readonly onCandidate?: (candidate: Candidate, index: number) => void;
}

export interface SearchOptions extends Searching {
  /**
   * Scores a subnet, higher better; `index` counts the candidates of the whole search, resumed ones included.
   * A score that is undefined, NaN or infinite ranks last, and the search goes on.
   * For a resumed search to equal an unbroken one it must depend on its two arguments alone.
   */
  readonly evaluate: (proposal: Proposal, index: number) => Promise<number | undefined>;
}

export interface GroupedSearchOptions extends Searching {
  /** Returns which of the waiting proposals are scored together; each is in one group. */
  readonly groups: (waiting: readonly PendingProposal[]) => readonly (readonly PendingProposal[])[];
  /** Which candidates need not be scored on all of their images; none where it is left out. */
  readonly earlyStop?: EarlyStop | undefined;
  /**
   * Returns scores in the order of the group. Each must depend only on its proposal, its index and the checks, which are
   * the same for a whole generation and empty without an early stop. `signal` is aborted if the search has failed.
   */
  readonly score: (
    group: readonly PendingProposal[],
    checks: readonly EarlyStopCheck[],
    signal: AbortSignal,
  ) => Promise<readonly Scored[]>;
}

/** A proposal with its index in the whole search. */
export interface PendingProposal extends Proposal {
  readonly index: number;
}

export interface SearchResult {
  /** The candidate with the highest score of those scored on the most images, the earliest of equals. */
  readonly best: Candidate;
  readonly state: SearchState;
}

const searchingShape = {
  strategy: z.looseObject({}),
  state: stateSchema.optional(),
  parallel: count.optional(),
  save: callable.optional(),
  onCandidate: callable.optional(),
};

const searchSchema = z.strictObject({ ...searchingShape, evaluate: callable });

const groupedSearchSchema = z.strictObject({
  ...searchingShape,
  groups: callable,
  score: callable,
  earlyStop: earlyStopSettings.optional(),
});

/**
 * Runs a search to its end, from the start or from `state`.
 *
 * @example
 * const strategy = randomSearch(problem, { candidates: 100 });
 * const { best } = await runSearch({ strategy, evaluate: ({ subnet }) => accuracy(subnet) });
 * @throws UserError if an option is missing, unknown or wrong, or a proposal or a score is
 */
export async function runSearch(options: SearchOptions): Promise<SearchResult> {
  parseOptions("runSearch", searchSchema, options);
  const { evaluate, ...rest } = options;
  return runGroupedSearch({ ...rest, ...ungrouped(evaluate) });
}

/** Returns the options of a search that scores every subnet separately. */
export function ungrouped(
  evaluate: SearchOptions["evaluate"],
): Pick<GroupedSearchOptions, "groups" | "score"> {
  requireFunction("ungrouped: evaluate", evaluate);
  return {
    groups: (waiting) => waiting.map((proposal) => [proposal]),
    async score(group) {
      const score = await evaluate(proposalOf(group[0]!), group[0]!.index);
      parseOptions("runSearch: evaluate", scoredSchema, { score });
      return [{ score }];
    },
  };
}

const proposalOf = ({ subnet, fraction }: PendingProposal): Proposal => ({ subnet, fraction });

/**
 * Runs a search that scores several subnets together, which may cost less.
 *
 * @throws UserError if an option is missing, unknown or wrong, or a proposal or a score is
 */
export async function runGroupedSearch(options: GroupedSearchOptions): Promise<SearchResult> {
  parseOptions("runGroupedSearch", groupedSearchSchema, options);
  const { strategy } = options;
  checkStrategy("runGroupedSearch", strategy);
  let state = options.state ?? strategy.start();
  const propose = checkedPropose(strategy, state);
  for (;;) {
    const proposed = propose(state);
    if (proposed.queue.length === 0) break;
    state = await scoreQueue(proposed, options);
  }
  const best = ranked(state.history)[0];
  if (best === undefined) throw new UserError(`strategy ${state.run.strategy}: it proposed no subnet`);
  return { best, state };
}

/** The state once all of its queue are scored. After a failure nothing new is begun, and what runs is awaited. */
async function scoreQueue(proposed: SearchState, options: GroupedSearchOptions): Promise<SearchState> {
  const { strategy, groups, score, earlyStop, parallel = 1, onCandidate, save } = options;
  const checks = earlyStop ? earlyStopChecks(strategy, proposed, earlyStop) : [];
  const waiting = proposed.queue.flatMap((queued, place) => {
    const { subnet, fraction } = queued;
    return isWaiting(queued) ? [{ subnet, fraction, index: proposed.history.length + place }] : [];
  });
  const left = [...groups(waiting)];
  const grouped = new Set(left.flat());
  if (left.flat().length !== waiting.length || waiting.some((proposal) => !grouped.has(proposal)))
    throw new UserError("runGroupedSearch: groups must return each of the waiting proposals in one group");
  let state = proposed;
  const failed = new AbortController();
  const work = async (): Promise<void> => {
    for (let group = left.shift(); group !== undefined && !failed.signal.aborted; group = left.shift()) {
      const scores = await score(group, checks, failed.signal);
      if (failed.signal.aborted) return;
      if (scores?.length !== group.length || !scores.every((scored) => scored))
        throw new UserError(
          `runGroupedSearch: score must return a result for each of ${group.length} proposals`,
        );
      const before = state.history.length;
      for (const [i, { subnet }] of group.entries())
        state = observe(strategy.problem, state, { ...scores[i]!, subnet });
      // A record without its state is dropped and made anew by a resumed run; a state without its record would lose it.
      for (const [i, candidate] of state.history.slice(before).entries())
        onCandidate?.(candidate, before + i);
      save?.(state);
    }
  };
  const workers = Array.from({ length: parallel }, () =>
    work().catch((error: unknown) => {
      failed.abort(error);
      throw error;
    }),
  );
  const failure = (await Promise.allSettled(workers)).find(({ status }) => status === "rejected");
  if (failure) throw (failure as PromiseRejectedResult).reason;
  return state;
}
