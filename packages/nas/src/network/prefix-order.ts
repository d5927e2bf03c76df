import type { Subnet } from "../space/space.js";
import { featureParts, type NetworkSpace } from "./network-space.js";
import { requireNetworkSpace } from "./require.js";

/**
 * Returns a comparison for `sort` that puts subnets with equal first parts next to each other. The more parts agree,
 * the closer they are. Subnets with images of different sizes share nothing, so the image size comes first. Decisions
 * that belong to no part of the space, such as those of a detector's heads, come last.
 */
export function byPrefix(space: NetworkSpace): (a: Subnet, b: Subnet) => number {
  requireNetworkSpace("byPrefix", space);
  const { imageSizeDecision } = space;
  const names = new Set([
    ...(imageSizeDecision === undefined ? [] : [imageSizeDecision]),
    ...featureParts(space).flatMap(({ decisions }) => decisions),
    ...space.decisions.map(({ name }) => name),
  ]);
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
