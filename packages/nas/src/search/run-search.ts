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
  /** State to resume from (`loadSearchState`). Default: a new search. */
  readonly state?: SearchState | undefined;
  /**
   * Number of proposals of a generation that are scored at the same time. It does not change the result. Default: 1.
   */
  readonly parallel?: number;
  /** Called whenever scores have arrived, for `saveSearchState`. */
  readonly save?: (state: SearchState) => void;
  /** Called in the order of proposal, once all earlier candidates are scored. */
  readonly onCandidate?: (candidate: Candidate, index: number) => void;
}

export interface SearchOptions extends Searching {
  /**
   * Scores a subnet, higher is better. `index` counts the candidates of the whole search, resumed ones included. A
   * score that is undefined, NaN or infinite ranks last, and the search continues. If all scores are, the search fails
   * at its end. To make a resumed search equal to an uninterrupted one, the score must depend only on the two
   * arguments.
   */
  readonly evaluate: (proposal: Proposal, index: number) => Promise<number | undefined>;
}

export interface GroupedSearchOptions extends Searching {
  /** Returns which of the waiting proposals are scored together; each is in one group. */
  readonly groups: (waiting: readonly PendingProposal[]) => readonly (readonly PendingProposal[])[];
  /** Settings for candidates that need not be scored on all images. Default: all candidates are. */
  readonly earlyStop?: EarlyStop | undefined;
  /**
   * Returns scores in the order of the group. Each score must depend only on its proposal, its index and the checks.
   * The checks are the same for a whole generation, and empty without early stopping. `signal` is aborted if the search
   * has failed.
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
  /**
   * Candidate with the highest score among those scored on the most images. Its score is a finite number. Of equal ones
   * it is the earliest.
   */
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
 * @throws UserError if an option is missing, unknown or wrong, or a proposal or a score is, or no score is a finite
 *   number
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
 * @throws UserError if an option is missing, unknown or wrong, or a proposal or a score is, or no score is a finite
 *   number
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
  if (best.score === null)
    throw new UserError(
      `search with strategy ${state.run.strategy}: each of ${state.history.length} scores is NaN, infinite or ` +
        "undefined, so no subnet is the best: check the function that scores, and the weights that it uses",
    );
  return { best, state };
}

/**
 * Returns the state once the complete queue is scored. After a failure no scoring starts, and running ones are awaited.
 */
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
      // Call onCandidate before save. A resumed run drops and rewrites a record without its state, but cannot restore a
      // record that is missing from a state.
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
