import { byPrefix, type NetworkSpace, type Proposal } from "@supernet/nas";

/** Subnets that are scored together at the most: their weights are copied, and a run that is killed loses their scores. */
const MOST_TOGETHER = 16;

/**
 * Proposals in groups of about the same size, those that begin alike together.
 * @param least groups where there are enough proposals: as many as may be scored at a time
 */
export function groupsOf<P extends Proposal>(
  space: NetworkSpace,
  proposals: readonly P[],
  least: number,
): P[][] {
  const before = byPrefix(space);
  // Those of a group go through the same images.
  const ordered = proposals.toSorted((a, b) => a.fraction - b.fraction || before(a.subnet, b.subnet));
  const count = Math.max(Math.ceil(ordered.length / MOST_TOGETHER), Math.min(least, ordered.length));
  const even = Array.from({ length: count }, (_, i) =>
    ordered.slice(Math.floor((i * ordered.length) / count), Math.floor(((i + 1) * ordered.length) / count)),
  );
  return even.flatMap((group) => byFraction(group));
}

function byFraction<P extends Proposal>(group: readonly P[]): P[][] {
  const fractions = [...new Set(group.map(({ fraction }) => fraction))];
  return fractions.map((fraction) => group.filter((proposal) => proposal.fraction === fraction));
}
