import { type SearchLength as StrategyLength, strategyDefinition } from "@supernet/nas";
import type { StrategyRecipe } from "./strategy-schema.js";

/** Amount of work of a search, if the space has enough subnets within the constraints. */
export interface SearchLength extends StrategyLength {
  /** Maximum number of candidates that the refinement scores, in addition to the strategy's. */
  readonly refinement: number;
}

/** Returns the length of a recipe's search. Its evaluations include those of the refinement. */
export function searchLength(strategy: StrategyRecipe): SearchLength {
  const { candidates, evaluations } = strategyDefinition(strategy.kind).length(strategy);
  const refinement = strategy.refinement?.candidates ?? 0;
  return { candidates, refinement, evaluations: evaluations + refinement };
}

/** Returns the number of candidates of a random search with as many evaluations. */
export const randomCandidates = (strategy: StrategyRecipe): number =>
  Math.max(1, Math.floor(searchLength(strategy).evaluations));

/** Returns the resources that a strategy minimizes. */
export const minimized = (strategy: StrategyRecipe): readonly string[] =>
  strategyDefinition(strategy.kind).objectives?.(strategy) ?? [];
