import { firstSubnet, type Space, type Subnet } from "./space.js";

/**
 * The subnets with the least and the greatest `value`, by changing one decision at a time, and two at once where no
 * single one helps, until neither improves. Exact where the value is a sum over decisions, as a network's cost in a
 * single-path space is; near where more than two act on one another, as a width that many blocks share.
 */
export function extremeSubnets(
  space: Space,
  value: (subnet: Subnet) => number,
): { least: Subnet; greatest: Subnet } {
  return { least: descend(space, value), greatest: descend(space, (subnet) => -value(subnet)) };
}

function descend(space: Space, value: (subnet: Subnet) => number): Subnet {
  let best = firstSubnet(space);
  let bestValue = value(best);
  const improveBy = (changes: Iterable<Subnet>): boolean => {
    const before = bestValue;
    for (const change of changes) {
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
