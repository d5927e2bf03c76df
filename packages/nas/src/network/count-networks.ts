import { allChoices, layerOf } from "../layer/part.js";
import { allSubnets, firstSubnet, type Subnet, spaceSize, subnetKey } from "../space/space.js";
import { featureParts, type NetworkSpace } from "./network-space.js";
import { requireNetworkSpace } from "./require.js";

/** Maximum number of layers to create. A space that needs more is not counted. */
const MAX_LAYERS = 100_000;

/**
 * Counts the different networks of a space. There are fewer than `spaceSize` subnets if some decisions are void, such
 * as the kernel of a block that the chosen depth omits.
 *
 * The parts are walked in order. Networks that are equal so far are counted once, together with every combination of
 * the choices that can make them, as far as later parts depend on these choices. Decisions that no part depends on, such
 * as those of a detector's head, are counted by their canonical forms.
 *
 * @example
 * countNetworks(sposShuffleNetV2()); // 4n ** 20n
 * @returns undefined if counting takes too long, because distant parts share too many choices
 */
export function countNetworks(space: NetworkSpace): bigint | undefined {
  requireNetworkSpace("countNetworks", space);
  const parts = featureParts(space);
  let created = 0;
  let groups = new Map<string, Group>([["", { made: [{}], networks: 1n }]]);
  for (const [i, part] of parts.entries()) {
    const later = new Set(parts.slice(i + 1).flatMap(({ decisions }) => decisions));
    const next = new Map<string, Group>();
    for (const { made, networks } of groups.values()) {
      const byLayer = new Map<string, Map<string, Subnet>>();
      for (const before of made) {
        for (const choices of allChoices(space, part, before)) {
          if (++created > MAX_LAYERS) return undefined;
          const layer = JSON.stringify(layerOf(part, choices));
          const known = Object.entries({ ...before, ...choices })
            .filter(([decision]) => later.has(decision))
            .sort(([a], [b]) => (a < b ? -1 : 1));
          const same = byLayer.get(layer) ?? new Map<string, Subnet>();
          byLayer.set(layer, same.set(JSON.stringify(known), Object.fromEntries(known)));
        }
      }
      for (const same of byLayer.values()) {
        const key = [...same.keys()].sort().join();
        const found = next.get(key)?.networks ?? 0n;
        next.set(key, { made: [...same.values()], networks: found + networks });
      }
    }
    groups = next;
  }
  const others = countOthers(space);
  return others && [...groups.values()].reduce((sum, { networks }) => sum + networks, 0n) * others;
}

/** Counts the different choices of the decisions that no part depends on. Undefined if there are too many. */
function countOthers(space: NetworkSpace): bigint | undefined {
  const used = new Set(featureParts(space).flatMap(({ decisions }) => decisions));
  const decisions = space.decisions.filter(({ name }) => !used.has(name));
  const others = { name: space.name, decisions };
  if (spaceSize(others) > MAX_LAYERS) return undefined;
  const first = firstSubnet(space);
  const keys = new Set<string>();
  for (const subnet of allSubnets(others)) keys.add(subnetKey(space, { ...first, ...subnet }));
  return BigInt(keys.size);
}

/** Networks up to a part that can be continued in the same ways. */
interface Group {
  /** Combinations of choices that make each of them. Only decisions of later parts are included. */
  readonly made: readonly Subnet[];
  readonly networks: bigint;
}
