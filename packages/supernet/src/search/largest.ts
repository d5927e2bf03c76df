import {
  type Constraints,
  evolutionSearch,
  firstSubnet,
  isWaiting,
  observe,
  PUBLISHED_EVOLUTION,
  ranked,
  type SearchProblem,
  type Subnet,
  violationOf,
} from "@supernet/nas";

/** Returns a problem with a limit of a resource besides those that it has. */
export function withLimit(
  problem: SearchProblem,
  resource: string,
  { min, max }: Constraints[string],
): SearchProblem {
  const own = problem.constraints[resource];
  const limit = {
    ...own,
    ...(max !== undefined && { max: Math.min(max, own?.max ?? Number.POSITIVE_INFINITY) }),
    ...(min !== undefined && { min: Math.max(min, own?.min ?? 0) }),
  };
  return { ...problem, constraints: { ...problem.constraints, [resource]: limit } };
}

/**
 * Searches for the subnets with the most FLOPs that meet the constraints.
 * @param count maximum number of subnets. There are fewer if the search meets fewer ones.
 */
export function largestSubnets(problem: SearchProblem, count: number): Subnet[] {
  const names = Object.keys(problem.measure(firstSubnet(problem.space)));
  const flops = ["detector.flops", "flops"].find((name) => names.includes(name)) ?? names[0]!;
  const strategy = evolutionSearch(problem, PUBLISHED_EVOLUTION);
  let state = strategy.propose(strategy.start());
  while (state.queue.length > 0) {
    for (const { subnet } of state.queue.filter(isWaiting))
      state = observe(problem, state, { subnet, score: problem.measure(subnet)[flops]! });
    state = strategy.propose(state);
  }
  return ranked(state.history)
    .map(({ subnet }) => subnet)
    .filter((subnet) => violationOf(problem, subnet) === 0)
    .slice(0, count);
}
