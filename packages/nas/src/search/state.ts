import { type Decision, type Space, type Subnet, subnetKey } from "../space/space.js";
import type { Constraints, Measurements } from "./constraints.js";
import type { SearchProblem } from "./problem.js";

/** A scored subnet. */
export interface Candidate {
  readonly subnet: Subnet;
  /** Higher is better, at full precision; null where the evaluator gave no finite number, which ranks last. */
  readonly score: number | null;
  readonly resources: Measurements;
  readonly generation: number;
}

/** What settles the course of a search; a state is resumed by an equal run alone. */
export interface SearchRun {
  readonly strategy: string;
  readonly space: string;
  readonly decisions: readonly Decision[];
  readonly constraints: Constraints;
  readonly settings: Readonly<Record<string, number>>;
  readonly seed: number;
}

/**
 * The whole state of a search, as plain JSON. There is no random state in it: every generation draws from a
 * generator of its own, keyed by seed and generation.
 */
export interface SearchState {
  readonly run: SearchRun;
  /** Generations that were drawn so far. */
  readonly generation: number;
  /** Proposed and not yet scored, in the order of evaluation. */
  readonly queue: readonly Subnet[];
  /** Every scored subnet, in the order of evaluation. */
  readonly history: readonly Candidate[];
}

/**
 * A way to search: two pure functions of the state, asked for a subnet and told its score.
 * `propose` gives the same answer until the score is told, so that an interrupted evaluation is begun again.
 */
export interface Strategy {
  readonly problem: SearchProblem;
  readonly start: () => SearchState;
  /** The next subnet to score and the state that waits for it; undefined where the search is over. */
  readonly propose: (state: SearchState) => Proposal | undefined;
}

export interface Proposal {
  readonly state: SearchState;
  readonly subnet: Subnet;
}

export function startState(
  strategy: string,
  problem: SearchProblem,
  settings: Readonly<Record<string, number>>,
): SearchState {
  const { space, constraints, seed } = problem;
  const { name, decisions } = space;
  const run = { strategy, space: name, decisions, constraints, settings, seed };
  return { run, generation: 0, queue: [], history: [] };
}

/** The state once `subnet`, one of the queue, is scored. NaN, infinities and undefined rank last. */
export function observe(
  problem: SearchProblem,
  state: SearchState,
  subnet: Subnet,
  score: number | undefined,
): SearchState {
  const key = subnetKey(problem.space, subnet);
  const place = state.queue.findIndex((queued) => subnetKey(problem.space, queued) === key);
  if (place === -1) throw new RangeError(`observe: ${key} is not waiting for a score`);
  const candidate: Candidate = {
    subnet: state.queue[place]!,
    score: Number.isFinite(score) ? score! : null,
    resources: problem.measure(subnet),
    generation: state.generation - 1,
  };
  return { ...state, queue: state.queue.toSpliced(place, 1), history: [...state.history, candidate] };
}

/** Candidates from best to worst; equal scores stay in order of evaluation. */
export function ranked(history: readonly Candidate[]): Candidate[] {
  const value = (candidate: Candidate) => candidate.score ?? -Infinity;
  return history.toSorted((a, b) => (value(a) === value(b) ? 0 : value(b) - value(a)));
}

/** Keys of every subnet that a search has scored or proposed. */
export function seenKeys(space: Space, state: SearchState): Set<string> {
  const subnets = [...state.history.map((candidate) => candidate.subnet), ...state.queue];
  return new Set(subnets.map((subnet) => subnetKey(space, subnet)));
}
