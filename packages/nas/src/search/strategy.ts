import { callable, count, parseOptions, requireArray } from "@supernet/base";
import { z } from "zod";
import type { Subnet } from "../space/space.js";
import { requireResult, type SearchProblem } from "./problem.js";
import { type Proposal, type SearchState, startState } from "./state.js";

/** A search strategy, as pure functions of the state. For all strategies, `observe` adds scores to the state. */
export interface Strategy {
  readonly problem: SearchProblem;
  /** Maximum number of generations. */
  readonly generations: number;
  /**
   * Number of best candidates so far that determine the further search and its result. A score that is not above
   * theirs has no effect. Undefined if every score matters.
   */
  readonly elite?: number | undefined;
  readonly start: () => SearchState;
  /**
   * Returns the state with the next generation in its queue. While a subnet of the queue waits for its score, it is the
   * same state. If the search is over, the queue is empty.
   */
  readonly propose: (state: SearchState) => SearchState;
}

/** How a strategy proposes subnets, generation by generation. */
export interface Generations {
  /** Maximum number of generations. */
  readonly generations: number;
  /** Number of best candidates so far on which proposals depend. Undefined if they depend on every score. */
  readonly elite?: number;
  /**
   * Returns the proposals of generation `state.generation`, once all subnets before are scored: each subnet once. The
   * search ends if there are none.
   */
  propose(state: SearchState): readonly Proposal[];
}

export interface GenerationalOptions extends Generations {
  readonly name: string;
  readonly problem: SearchProblem;
  /** Everything except the problem that proposals depend on, as plain JSON. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Schema of the result of `StrategyDefinition.create`. */
export const generationsSchema = z.strictObject({
  generations: z.int().min(0),
  elite: count.optional(),
  propose: callable,
});

const generationalSchema = z.strictObject({
  ...generationsSchema.shape,
  name: z.string().min(1),
  problem: z.looseObject({}),
  settings: z.record(z.string(), z.unknown()),
});

/**
 * Creates a strategy that proposes one generation when all before it are scored.
 *
 * @throws UserError if an option is missing, unknown or wrong
 */
export function generationalStrategy(options: GenerationalOptions): Strategy {
  parseOptions("generationalStrategy", generationalSchema, options);
  const { name, problem, settings, generations, elite } = options;
  return {
    problem,
    generations,
    elite,
    start: () => startState(name, problem, settings),
    propose(state) {
      if (state.queue.length > 0 || state.generation >= generations) return state;
      const proposals = options.propose(state);
      requireResult(`strategy ${name}: propose`, proposals);
      return enqueueGeneration(state, proposals);
    },
  };
}

/** Returns the state with one more generation in its queue. */
export const enqueueGeneration = (state: SearchState, queue: readonly Proposal[]): SearchState => ({
  ...state,
  generation: state.generation + 1,
  queue,
});

/** Returns proposals to score subnets on all images. */
export function onAllImages(subnets: readonly Subnet[]): Proposal[] {
  requireArray("onAllImages: subnets", subnets);
  return subnets.map((subnet) => ({ subnet, fraction: 1 }));
}

const strategySchema = z.looseObject({
  problem: z.looseObject({}),
  generations: z.int().min(0),
  start: callable,
  propose: callable,
});

/** @throws UserError naming `subject` if `strategy` is not a strategy */
export function checkStrategy(subject: string, strategy: Strategy): void {
  parseOptions(`${subject}: strategy`, strategySchema, strategy);
}
