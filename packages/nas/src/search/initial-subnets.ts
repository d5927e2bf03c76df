import { requireArray, UserError } from "@supernet/base";
import { type Subnet, subnetKey } from "../space/space.js";
import { violationOf } from "./problem.js";
import type { Proposal, SearchState } from "./state.js";
import { checkStrategy, type Strategy } from "./strategy.js";

/**
 * Starts a strategy from given subnets: its first generation contains them, instead of as many subnets of its own. An
 * evolution then begins with them as parents, if they are among the best (a warm start).
 *
 * @example
 * const strategy = withInitialSubnets(evolutionSearch(problem), [best, secondBest]);
 * @throws UserError if a subnet does not meet the constraints or occurs twice. When it proposes: if the first generation is
 *   smaller than the subnets are many
 */
export function withInitialSubnets(strategy: Strategy, subnets: readonly Subnet[]): Strategy {
  checkStrategy("withInitialSubnets", strategy);
  requireArray("withInitialSubnets: subnets", subnets);
  const { problem } = strategy;
  const keyOf = (subnet: Subnet) => subnetKey(problem.space, subnet);
  const keys = subnets.map(keyOf);
  for (const [i, subnet] of subnets.entries()) {
    if (violationOf(problem, subnet) > 0)
      throw new UserError(`initial subnet ${i + 1} does not meet the constraints of the search: remove it`);
    const first = keys.indexOf(keys[i]!);
    if (first < i)
      throw new UserError(`initial subnet ${i + 1} is the same network as subnet ${first + 1}: remove it`);
  }
  /** Replaces the last subnets of a generation, and those that are among the initial ones. */
  const withInitial = (proposals: readonly Proposal[]): readonly Proposal[] => {
    if (subnets.length > proposals.length)
      throw new UserError(
        `there are ${subnets.length} initial subnets, but the first generation has ${proposals.length}: use fewer`,
      );
    const others = proposals.filter(({ subnet }) => !keys.includes(keyOf(subnet)));
    const { fraction } = proposals[0]!;
    return [...subnets.map((subnet) => ({ subnet, fraction })), ...others].slice(0, proposals.length);
  };
  return {
    ...strategy,
    start() {
      const state = strategy.start();
      const { run } = state;
      return { ...state, run: { ...run, settings: { ...run.settings, initial: keys } } };
    },
    propose(state): SearchState {
      const isFirst = state.generation === 0 && state.queue.length === 0;
      const proposed = strategy.propose(state);
      return isFirst && subnets.length > 0 ? { ...proposed, queue: withInitial(proposed.queue) } : proposed;
    },
  };
}
