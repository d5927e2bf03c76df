import { parseOptions, positive, requireArray, requireObject } from "@supernet/base";
import { z } from "zod";
import { type Decision, type Space, type Subnet, subnetKey } from "../space/space.js";
import type { Constraints, Measurements } from "./constraints.js";
import { measureSubnet, type SearchProblem } from "./problem.js";

/** A subnet to score. */
export interface Proposal {
  readonly subnet: Subnet;
  /** Fraction of the validation images to score it on, above 0 and up to 1. Larger fractions include smaller ones. */
  readonly fraction: number;
}

/** Results of the early-stop checks of a subnet. */
export interface CheckResults {
  /** Fraction of the images that it was scored on: less than proposed if it was stopped early. */
  readonly fraction?: number;
  /** Scores at the checks (`earlyStopChecks`). */
  readonly parts?: readonly number[];
}

/** Number that may be infinite or NaN. */
const anyNumber = z.custom<number>((value) => typeof value === "number", { error: "a number" });

export const scoredSchema = z.strictObject({
  score: anyNumber.optional(),
  fraction: positive.max(1).optional(),
  parts: z.array(anyNumber).optional(),
});

const scoredSubnetSchema = z.strictObject({ ...scoredSchema.shape, subnet: z.looseObject({}) });

/** Result of scoring a proposal. */
export interface Scored extends CheckResults {
  /** Higher is better. NaN, infinite and undefined scores rank last. */
  readonly score: number | undefined;
}

/** Result of scoring a subnet of the queue. */
export interface ScoredSubnet extends Scored {
  readonly subnet: Subnet;
}

/** A proposal in the queue. Once scored, it stays there until all earlier ones are scored. */
export interface Queued extends Proposal {
  readonly parts?: readonly number[];
  /** Score, once known. Null if the evaluator did not return a finite number. */
  readonly score?: number | null;
}

/** A scored subnet. */
export interface Candidate extends Proposal {
  /** Scores at the early-stop checks. Undefined without early stopping. */
  readonly parts?: readonly number[];
  /**
   * Score at full precision, higher is better. Null, which ranks last, if the evaluator did not return a finite number.
   */
  readonly score: number | null;
  readonly resources: Measurements;
  readonly generation: number;
}

/** Everything that determines the course of a search. A state can be resumed only by an equal run. */
export interface SearchRun {
  readonly strategy: string;
  readonly space: string;
  readonly decisions: readonly Decision[];
  readonly constraints: Constraints;
  readonly prefilter: { readonly name: string; readonly draws: number } | null;
  /** Plain JSON. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly seed: number;
}

/**
 * Complete state of a search, as plain JSON. It has no generator state: every generation creates its own generator from
 * the seed and the generation's number.
 */
export interface SearchState {
  readonly run: SearchRun;
  /** Number of generations proposed so far. */
  readonly generation: number;
  /** Remaining proposals of one generation, in the order of proposal. All may be scored at the same time. */
  readonly queue: readonly Queued[];
  /** Every scored subnet in the order of proposal, regardless of the order in which scores arrived. */
  readonly history: readonly Candidate[];
}

/** Returns the state of a search that has not proposed anything yet. */
export function startState(
  strategy: string,
  problem: SearchProblem,
  settings: Readonly<Record<string, unknown>>,
): SearchState {
  requireObject("startState: problem", problem);
  const { space, constraints, seed, prefilter } = problem;
  const { name, decisions } = space;
  const filter = prefilter ? { name: prefilter.name, draws: prefilter.draws } : null;
  const run = { strategy, space: name, decisions, constraints, prefilter: filter, settings, seed };
  return { run, generation: 0, queue: [], history: [] };
}

/**
 * Returns the state with the score of a subnet of the queue added. Scores may arrive in any order: once the complete
 * queue is scored, the state is the same. NaN, infinities and undefined rank last.
 *
 * @throws RangeError if the subnet is not waiting for a score
 * @throws UserError if the score is not a number
 */
export function observe(problem: SearchProblem, state: SearchState, scored: ScoredSubnet): SearchState {
  requireObject("observe: problem", problem);
  requireObject("observe: state", state);
  parseOptions("observe", scoredSubnetSchema, scored);
  const { subnet, score, ...checks } = scored;
  const key = subnetKey(problem.space, subnet);
  const place = state.queue.findIndex(
    (queued) => isWaiting(queued) && subnetKey(problem.space, queued.subnet) === key,
  );
  if (place === -1) throw new RangeError(`observe: ${key} is not waiting for a score`);
  const known = { ...state.queue[place]!, ...checks, score: Number.isFinite(score) ? score! : null };
  const queue = state.queue.with(place, known);
  const firstWaiting = queue.findIndex(isWaiting);
  const done = firstWaiting === -1 ? queue.length : firstWaiting;
  const candidates = queue.slice(0, done).map(
    ({ score, ...proposal }): Candidate => ({
      ...proposal,
      score: score!,
      resources: measureSubnet(problem, proposal.subnet),
      generation: state.generation - 1,
    }),
  );
  return { ...state, queue: queue.slice(done), history: [...state.history, ...candidates] };
}

/** Returns whether an entry of the queue is not scored yet. */
export function isWaiting(queued: Queued): boolean {
  requireObject("isWaiting: queued", queued);
  return queued.score === undefined;
}

/**
 * Returns the candidates from best to worst. Those scored on more images come first, then the higher score decides.
 * Candidates without a score come last. Equal ones stay in the order of proposal.
 */
export function ranked(history: readonly Candidate[]): Candidate[] {
  requireArray("ranked: history", history);
  const rank = ({ score, fraction }: Candidate) => (score === null ? 0 : fraction);
  return history.toSorted((a, b) => rank(b) - rank(a) || (b.score ?? 0) - (a.score ?? 0));
}

/** Returns the keys of all subnets that a search has scored or proposed. */
export function seenKeys(space: Space, state: SearchState): Set<string> {
  requireObject("seenKeys: state", state);
  return new Set([...state.history, ...state.queue].map(({ subnet }) => subnetKey(space, subnet)));
}
