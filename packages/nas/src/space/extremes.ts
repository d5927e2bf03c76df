import { firstSubnet, type Space, type Subnet } from "./space.js";

/**
 * The subnets with the least and the greatest `value`, by improving one decision after the other until none
 * improves: exact where the value is a sum over decisions, as a network's cost in a single-path space is.
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
  for (let improved = true; improved; ) {
    improved = false;
    for (const { name, choices } of space.decisions) {
      for (const choice of choices) {
        const next = { ...best, [name]: choice };
        const nextValue = value(next);
        if (nextValue >= bestValue) continue;
        [best, bestValue, improved] = [next, nextValue, true];
      }
    }
  }
  return best;
}
