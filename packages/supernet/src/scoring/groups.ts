import { byPrefix, type NetworkSpace, type Proposal, type Scored, type Subnet } from "@supernet/nas";
import type { ScoringTask } from "./scorer.js";

/** Maximum number of subnets that are scored together. Their weights are copied, and a kill loses their scores. */
const MAX_GROUP_SIZE = 16;

/**
 * Splits proposals into groups of about the same size. The subnets of a group share their first choices if possible,
 * and are scored on the same fraction of the images.
 * @param minGroups minimum number of groups, if there are enough proposals: the number that can be scored at a time
 */
export function groupProposals<P extends Proposal>(
  space: NetworkSpace,
  proposals: readonly P[],
  minGroups: number,
): P[][] {
  const comparePrefix = byPrefix(space);
  const ordered = proposals.toSorted((a, b) => a.fraction - b.fraction || comparePrefix(a.subnet, b.subnet));
  const count = Math.max(Math.ceil(ordered.length / MAX_GROUP_SIZE), Math.min(minGroups, ordered.length));
  const even = Array.from({ length: count }, (_, i) =>
    ordered.slice(Math.floor((i * ordered.length) / count), Math.floor(((i + 1) * ordered.length) / count)),
  );
  return even.flatMap((group) => splitByFraction(group));
}

/**
 * Scores the subnets of a task in parts: those for which `dataOf` returns the same value, such as images of their size,
 * together.
 */
export async function scoreByData<D>(
  task: ScoringTask,
  dataOf: (subnet: Subnet) => D,
  score: (part: ScoringTask, data: D) => Promise<readonly Scored[]>,
): Promise<Scored[]> {
  const places = new Map<D, number[]>();
  for (const [place, subnet] of task.subnets.entries()) {
    const data = dataOf(subnet);
    places.set(data, [...(places.get(data) ?? []), place]);
  }
  const results: Scored[] = [];
  for (const [data, own] of places) {
    const scored = await score({ ...task, subnets: own.map((place) => task.subnets[place]!) }, data);
    for (const [i, place] of own.entries()) results[place] = scored[i]!;
  }
  return results;
}

function splitByFraction<P extends Proposal>(group: readonly P[]): P[][] {
  const fractions = [...new Set(group.map(({ fraction }) => fraction))];
  return fractions.map((fraction) => group.filter((proposal) => proposal.fraction === fraction));
}
