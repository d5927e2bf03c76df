import { withErrorPrefix } from "@supernet/base";
import { type SearchProblem, type Strategy, withInitialSubnets } from "@supernet/nas";
import { readSubnetsFile } from "../network/subnet-file.js";
import type { SearchSettings } from "../recipe/search.js";
import { createRecipeStrategy } from "../recipe/strategy.js";

/**
 * Creates the strategy of a recipe's search, which begins with the subnets of its file, if it has one.
 * @throws UserError if the file has a mistake, or one of its subnets does not meet the constraints
 */
export function openStrategy(
  problem: SearchProblem,
  { strategy: settings, initial }: Pick<SearchSettings, "strategy" | "initial">,
): Strategy {
  const strategy = createRecipeStrategy(problem, settings);
  if (initial === undefined) return strategy;
  return withErrorPrefix("steps.search.initial", () => {
    const subnets = readSubnetsFile(problem.space, initial);
    const started = withErrorPrefix(initial, () => withInitialSubnets(strategy, subnets));
    // Too many subnets are noticed before the first step.
    withErrorPrefix(initial, () => started.propose(started.start()));
    return started;
  });
}
