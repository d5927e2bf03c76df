import { withErrorPrefix } from "@supernet/base";
import { checkZeroCostScore, type NetworkSpace, type PrefilterSettings, type Space } from "@supernet/nas";
import { checkStrategySpace, type StrategyRecipe } from "../recipe/strategy.js";

/** @throws UserError if a setting of the strategy does not fit the space */
export function checkStrategy(space: Space, strategy: StrategyRecipe): void {
  withErrorPrefix("steps.search.strategy", () => checkStrategySpace(strategy, space));
}

/** @throws UserError if networks of the space do not have such a score */
export function checkPrefilter(space: NetworkSpace, prefilter: PrefilterSettings | null): void {
  if (prefilter === null) return;
  withErrorPrefix("steps.search.prefilter", () => checkZeroCostScore(prefilter.score, space));
}
