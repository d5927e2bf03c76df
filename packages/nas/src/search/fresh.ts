import type { Random } from "@supernet/base";
import { sampleSubnet } from "../space/sample.js";
import { allSubnets, type Subnet, subnetKey } from "../space/space.js";
import { isListable, repair } from "./feasible.js";
import { type SearchProblem, violationOf } from "./problem.js";

/** Tries for one subnet by drawing alone, then by drawing and repairing. */
const DRAWS = 200;
const REPAIRS = 64;

/**
 * Up to `count` random subnets that meet the constraints and are not in `seen`; their keys are added to it.
 *
 * Uniform draws are tried first; where the constraints leave few subnets, draws are brought within them by
 * `repair`. Fewer come back where no more are found: with certainty that there are none in a small space,
 * after a bounded effort in a large one.
 */
export function drawFresh(
  problem: SearchProblem,
  seen: Set<string>,
  count: number,
  random: Random,
): Subnet[] {
  const fresh: Subnet[] = [];
  while (fresh.length < count) {
    const subnet = preferred(problem, seen, () => drawOne(problem, seen, random));
    if (subnet === undefined) break;
    fresh.push(subnet);
  }
  // What is left of a space that is used up is taken as it comes.
  if (fresh.length < count && isListable(problem.space)) {
    const left = [...allSubnets(problem.space)];
    for (const i of random.permutation(left.length)) {
      if (fresh.length === count) break;
      if (accept(problem, seen, left[i]!)) fresh.push(left[i]!);
    }
  }
  return fresh;
}

/** Whether a subnet meets the constraints and was not seen; it counts as seen from then on. */
export function accept(problem: SearchProblem, seen: Set<string>, subnet: Subnet): boolean {
  const key = subnetKey(problem.space, subnet);
  if (seen.has(key) || violationOf(problem, subnet) > 0) return false;
  seen.add(key);
  return true;
}

/**
 * A child within the constraints and not in `seen`, to which its key is added; undefined after so many tries for it.
 * @param child makes one, told how many tries were in vain
 */
export function breed(
  problem: SearchProblem,
  seen: Set<string>,
  maxTries: number,
  child: (tries: number) => Subnet,
): Subnet | undefined {
  return preferred(problem, seen, () => {
    for (let tries = 0; tries < maxTries; tries++) {
      const subnet = child(tries);
      if (accept(problem, seen, subnet)) return subnet;
    }
    return undefined;
  });
}

/** Up to `count` children, each bred by itself; fewer where tries ran out. */
export function breedAll(
  problem: SearchProblem,
  seen: Set<string>,
  count: number,
  maxTries: number,
  child: (tries: number) => Subnet,
): Subnet[] {
  const children = Array.from({ length: count }, () => breed(problem, seen, maxTries, child));
  return children.filter((subnet) => subnet !== undefined);
}

/** What `draw` accepts; with a pre-filter the one that it scores best of several, of which that one alone was seen. */
function preferred(
  problem: SearchProblem,
  seen: Set<string>,
  draw: () => Subnet | undefined,
): Subnet | undefined {
  const { space, prefilter } = problem;
  if (prefilter === undefined) return draw();
  let best: { subnet: Subnet; score: number } | undefined;
  const drawn: Subnet[] = [];
  while (drawn.length < prefilter.draws) {
    const subnet = draw();
    if (subnet === undefined) break;
    drawn.push(subnet);
    const score = prefilter.score(subnet);
    if (best === undefined || score > best.score || Number.isNaN(best.score)) best = { subnet, score };
  }
  for (const subnet of drawn) if (subnet !== best?.subnet) seen.delete(subnetKey(space, subnet));
  return best?.subnet;
}

function drawOne(problem: SearchProblem, seen: Set<string>, random: Random): Subnet | undefined {
  for (let i = 0; i < DRAWS; i++) {
    const subnet = sampleSubnet(problem.space, random);
    if (accept(problem, seen, subnet)) return subnet;
  }
  for (let i = 0; i < REPAIRS; i++) {
    const subnet = repair(problem, sampleSubnet(problem.space, random), random);
    if (accept(problem, seen, subnet)) return subnet;
  }
  return undefined;
}
