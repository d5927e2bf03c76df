import { byPrefix, type NetworkSpace, type Strategy, type Subnet, subnetKey } from "@supernet/nas";
import type { Scorer } from "./scorer.js";

/** Subnets that are scored together at the most: their weights are copied, and a run that is killed loses their scores. */
const MOST_TOGETHER = 16;

/**
 * Lets a search that asks for one score after the other have them from a scorer of many: with the first of a
 * generation the others that wait are scored too, those that begin alike together.
 */
export function scoreAhead(
  space: NetworkSpace,
  strategy: Strategy,
  scorer: Scorer,
): { readonly strategy: Strategy; readonly evaluate: (subnet: Subnet) => Promise<number> } {
  const scores = new Map<string, Promise<number>>();
  const keyOf = (subnet: Subnet) => subnetKey(space, subnet);
  let waiting: readonly Subnet[] = [];
  const begin = (group: readonly Subnet[]) => {
    const all = scorer.score(group);
    for (const [i, subnet] of group.entries()) {
      const own = all.then((values) => values[i]!);
      own.catch(() => {}); // who waits for it is told
      scores.set(keyOf(subnet), own);
    }
  };
  return {
    strategy: {
      ...strategy,
      propose(state) {
        const proposal = strategy.propose(state);
        waiting = proposal?.state.queue ?? [];
        return proposal;
      },
    },
    async evaluate(subnet) {
      const key = keyOf(subnet);
      if (!scores.has(key)) {
        const unscored = waiting.filter((other) => !scores.has(keyOf(other)));
        for (const group of groups(space, unscored, scorer.parallel))
          if (scorer.parallel > 1 || group.some((other) => keyOf(other) === key)) begin(group);
      }
      const score = await scores.get(key)!;
      scores.delete(key);
      return score;
    },
  };
}

/** Subnets in groups of about the same size, those that begin alike together, at least `least` where there are enough. */
function groups(space: NetworkSpace, subnets: readonly Subnet[], least: number): Subnet[][] {
  const ordered = subnets.toSorted(byPrefix(space));
  const count = Math.max(Math.ceil(ordered.length / MOST_TOGETHER), Math.min(least, ordered.length));
  return Array.from({ length: count }, (_, i) =>
    ordered.slice(Math.floor((i * ordered.length) / count), Math.floor(((i + 1) * ordered.length) / count)),
  );
}
