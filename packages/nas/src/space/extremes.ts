import { requireFunction } from "@supernet/base";
import { requireSpace } from "./require.js";
import { firstSubnet, type Space, type Subnet } from "./space.js";

/**
 * Returns the subnets with the smallest and the largest `value`. One decision at a time is changed, and two at once if
 * no single one helps, until neither improves. The result is exact if the value is a sum over decisions, such as the
 * cost of a network in a single-path space. It is approximate if more than two decisions interact, such as a width that
 * many blocks share.
 */
export function extremeSubnets(
  space: Space,
  value: (subnet: Subnet) => number,
): { smallest: Subnet; largest: Subnet } {
  requireSpace("extremeSubnets", space);
  requireFunction("extremeSubnets: value", value);
  return {
    smallest: smallestSubnet(space, value),
    largest: smallestSubnet(space, (subnet) => -value(subnet)),
  };
}

/** Returns the subnet with the smallest `value`, as `extremeSubnets` finds it. */
export function smallestSubnet(space: Space, value: (subnet: Subnet) => number): Subnet {
  let best = firstSubnet(space);
  let bestValue = value(best);
  const improveBy = (changes: Iterable<Subnet>): boolean => {
    const before = bestValue;
    for (const change of changes) {
      // Part of it is no change: the rest is a change of its own, which is tried too.
      if (Object.entries(change).some(([name, choice]) => best[name] === choice)) continue;
      const next = { ...best, ...change };
      const nextValue = value(next);
      if (nextValue < bestValue) [best, bestValue] = [next, nextValue];
    }
    return bestValue < before;
  };
  // A kind of block may make its kernel void, while another kind with the largest kernel is larger than both.
  while (improveBy(singleChanges(space)) || improveBy(pairChanges(space)));
  return best;
}

function* singleChanges({ decisions }: Space): Generator<Subnet> {
  for (const { name, choices } of decisions) for (const choice of choices) yield { [name]: choice };
}

function* pairChanges(space: Space): Generator<Subnet> {
  for (const [i, { name, choices }] of space.decisions.entries()) {
    const later = { ...space, decisions: space.decisions.slice(i + 1) };
    for (const choice of choices)
      for (const other of singleChanges(later)) yield { [name]: choice, ...other };
  }
}
