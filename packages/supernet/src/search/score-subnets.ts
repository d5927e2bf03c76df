import type { Subnet } from "@supernet/nas";
import { groupProposals } from "../scoring/groups.js";
import type { Scorer } from "../scoring/scorer.js";
import type { StepContext } from "../task/task.js";
import { stopCheck } from "./open-scorer.js";

/** Scores subnets with the supernet's weights, on all images. Returns the scores in the order of the subnets. */
export async function scoreSubnets(
  { host, space }: Pick<StepContext, "host" | "space">,
  scorer: Scorer,
  subnets: readonly Subnet[],
): Promise<number[]> {
  const proposals = subnets.map((subnet, index) => ({ subnet, fraction: 1, index }));
  const scores = new Map<number, number>();
  const waiting = [...groupProposals(space, proposals, scorer.parallel)];
  const work = async () => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      const task = { subnets: group.map(({ subnet }) => subnet), fraction: 1, checks: [] };
      const scored = await scorer.score(task, stopCheck(host));
      for (const [i, { index }] of group.entries()) scores.set(index, scored[i]!.score ?? 0);
    }
  };
  await Promise.all(Array.from({ length: scorer.parallel }, work));
  return subnets.map((_, i) => scores.get(i)!);
}
