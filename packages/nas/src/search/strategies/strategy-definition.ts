import { callable, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import { firstSubnet, type Space } from "../../space/space.js";
import { checkFeasible } from "../feasible.js";
import { checkProblem, measureSubnet, requireResult, type SearchProblem } from "../problem.js";
import type { Candidate } from "../state.js";
import { type Generations, generationalStrategy, generationsSchema, type Strategy } from "../strategy.js";

/** Amount of work of a search in a space with enough subnets within the constraints. */
export interface SearchLength {
  /** Number of candidates. One that is scored again on more images counts again. */
  readonly candidates: number;
  /** Number of evaluations on all images. One on a fraction of the images counts as that fraction. */
  readonly evaluations: number;
}

/** Definition of a kind of strategy. */
export interface StrategyDefinition<Kind extends string = string, Schema extends z.ZodObject = z.ZodObject> {
  /** Name in recipes: `kind: random`. */
  readonly kind: Kind;
  /** Title in reports: "random search". */
  readonly title: string;
  /**
   * Returns the schema of the settings, a `z.strictObject`.
   *
   * @param resources names of the measured resources, for settings that refer to them
   */
  settings(resources: readonly string[]): Schema;
  length(settings: z.output<Schema>): SearchLength;
  /** Returns how the strategy proposes subnets. Every subnet must meet the constraints. */
  create(problem: SearchProblem, settings: z.output<Schema>): Generations;
  /** Resources that the strategy minimizes while it maximizes the score. Default: none. */
  objectives?(settings: z.output<Schema>): readonly string[];
  /** Throws a `UserError` if the settings do not fit the space. */
  checkSpace?(space: Space, settings: z.output<Schema>): void;
  /**
   * Number of candidates after which others may be stopped early. Undefined if the course of the strategy depends on
   * every score.
   */
  earlyStopAfter?(settings: z.output<Schema>): number;
  /** Measures how well the strategy predicts scores; absent if it does not predict any. */
  predictionError?(space: Space, history: readonly Candidate[]): PredictionError;
}

/** Error of a predictor for candidates that it has not learned from. */
export interface PredictionError {
  /** Number of candidates. */
  readonly candidates: number;
  /** Root of the mean squared difference between predicted and real scores. */
  readonly rootMeanSquare: number;
  /** Standard deviation of the scores: the error of predicting their mean. */
  readonly deviation: number;
  /** Kendall's tau between predicted and real scores; NaN if it is undefined. */
  readonly kendallTau: number;
}

const definitionSchema = z.strictObject({
  kind: z.string().min(1),
  title: z.string().min(1),
  settings: callable,
  length: callable,
  create: callable,
  objectives: callable.optional(),
  checkSpace: callable.optional(),
  earlyStopAfter: callable.optional(),
  predictionError: callable.optional(),
});

/**
 * Defines a strategy: its settings, and how it proposes subnets. The built-in strategies are defined in the same way.
 *
 * @example
 * // Scores the first subnets that are sampled, one at a time.
 * export default defineStrategy({
 *   kind: "one-by-one",
 *   title: "one random subnet at a time",
 *   settings: () => z.strictObject({ candidates: z.int().min(1) }),
 *   length: ({ candidates }) => ({ candidates, evaluations: candidates }),
 *   create: (problem, { candidates }) => ({
 *     generations: candidates,
 *     propose(state) {
 *       const random = Random.of(problem.seed, "one-by-one", state.generation);
 *       return onAllImages(sampleUnseen(problem, seenKeys(problem.space, state), { count: 1, random }));
 *     },
 *   }),
 * });
 * @throws UserError if a field of the definition is missing, unknown or wrong
 */
export function defineStrategy<const Kind extends string, Schema extends z.ZodObject>(
  definition: StrategyDefinition<Kind, Schema>,
): StrategyDefinition<Kind, Schema> {
  parseOptions("defineStrategy", definitionSchema, definition);
  return definition;
}

/**
 * Creates a strategy from its definition.
 *
 * @throws UserError if the problem or a setting is wrong, or no subnet meets the constraints
 */
export function strategyFrom<Schema extends z.ZodObject>(
  definition: StrategyDefinition<string, Schema>,
  problem: SearchProblem,
  settings: unknown,
): Strategy {
  parseOptions("strategyFrom: definition", definitionSchema, definition);
  const { kind } = definition;
  checkProblem(problem);
  const resources = Object.keys(measureSubnet(problem, firstSubnet(problem.space)));
  const schema = definition.settings(resources);
  if (typeof schema?.safeParse !== "function") {
    throw new UserError(`${kind}: settings must return a zod schema`);
  }
  const parsed = parseOptions(kind, schema, settings);
  definition.checkSpace?.(problem.space, parsed);
  checkFeasible(problem);
  const created = definition.create(problem, parsed);
  requireResult(`strategy ${kind}: create`, created);
  parseOptions(`strategy ${kind}: create`, generationsSchema, created);
  return generationalStrategy({ name: kind, problem, settings: parsed, ...created });
}

/** Length of a search that scores every candidate once, on all images. */
export const fullLength = (candidates: number): SearchLength => ({ candidates, evaluations: candidates });
