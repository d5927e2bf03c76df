import type { Subnet } from "../space/space.js";
import { featureParts, type NetworkSpace } from "./network-space.js";
import { requireNetworkSpace } from "./require.js";

/**
 * Orders subnets so that those whose first parts agree stand together, the more parts the closer.
 * @returns a comparison for `sort`
 */
export function byPrefix(space: NetworkSpace): (a: Subnet, b: Subnet) => number {
  requireNetworkSpace("byPrefix", space);
  const names = [...new Set(featureParts(space).flatMap(({ decisions }) => decisions))];
  const places = new Map(
    space.decisions.map(({ name, choices }) => [name, new Map(choices.map((choice, i) => [choice, i]))]),
  );
  return (a, b) => {
    for (const name of names) {
      const place = places.get(name)!;
      const difference = place.get(a[name]!)! - place.get(b[name]!)!;
      if (difference !== 0) return difference;
    }
    return 0;
  };
}
