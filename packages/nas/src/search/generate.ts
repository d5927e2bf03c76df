import { callable, count, parseOptions, Random, requireInstance } from "@supernet/base";
import { z } from "zod";
import { sampleSubnet } from "../space/sample.js";
import { allSubnets, type Subnet, subnetKey } from "../space/space.js";
import { checkFeasible, isListable, repair } from "./feasible.js";
import { checkProblem, type SearchProblem, violationOf } from "./problem.js";

/** Number of tries for one subnet: first without repair, then with it. */
const SAMPLES = 200;
const REPAIRS = 64;

export interface SampleOptions {
  readonly count: number;
  /** Generator that subnets are sampled with, such as `Random.of(seed)`. */
  readonly random: Random;
}

const sampleSchema = z.strictObject({
  count: z.int().min(0),
  random: z.custom<Random>((value) => value instanceof Random, {
    error: "a generator, such as Random.of(1)",
  }),
});

/**
 * Returns up to `count` random subnets that meet the constraints and are not in `seen`, and adds their keys to it.
 *
 * Uniform samples are tried first. If few subnets meet the constraints, `repair` changes samples until they do. Fewer
 * subnets are returned if no more are found. In a small space there are then no more; in a large one the effort is
 * bounded.
 */
export function sampleUnseen(problem: SearchProblem, seen: Set<string>, options: SampleOptions): Subnet[] {
  checkProblem(problem);
  requireInstance("sampleUnseen: seen", seen, Set);
  parseOptions("sampleUnseen", sampleSchema, options);
  const { count, random } = options;
  const sampled: Subnet[] = [];
  while (sampled.length < count) {
    const subnet = preferred(problem, seen, () => sampleOne(problem, seen, random));
    if (subnet === undefined) break;
    sampled.push(subnet);
  }
  // If only very few subnets meet the constraints, repair may miss the one that the check before the search found.
  if (sampled.length < count && seen.size === 0) {
    const subnet = checkFeasible(problem);
    if (acceptIfNew(problem, seen, subnet)) sampled.push(subnet);
  }
  // The rest of a space that is nearly used up is listed.
  if (sampled.length < count && isListable(problem.space)) {
    const left = [...allSubnets(problem.space)];
    for (const i of random.permutation(left.length)) {
      if (sampled.length === count) break;
      if (acceptIfNew(problem, seen, left[i]!)) sampled.push(left[i]!);
    }
  }
  return sampled;
}

/** Returns whether a subnet meets the constraints and is not in `seen`, and adds its key to it. */
export function acceptIfNew(problem: SearchProblem, seen: Set<string>, subnet: Subnet): boolean {
  const key = subnetKey(problem.space, subnet);
  if (seen.has(key) || violationOf(problem, subnet) > 0) return false;
  seen.add(key);
  return true;
}

/** Schema of a strategy's `maxTries`. */
export const maxTriesSchema = count.describe(
  "Number of tries for a child that meets the constraints and is new. If all fail, a random subnet replaces it.",
);

const childSchema = z.strictObject({ maxTries: maxTriesSchema, makeChild: callable });
const childrenSchema = childSchema.extend({ count: z.int().min(0) });

export interface ChildOptions {
  /** Number of tries for each child. */
  readonly maxTries: number;
  /** Creates a child; receives the number of failed tries. */
  readonly makeChild: (tries: number) => Subnet;
}

/**
 * Returns a child that meets the constraints and is not in `seen`, and adds its key to it.
 *
 * @returns undefined after `maxTries` tries
 */
export function generateChild(
  problem: SearchProblem,
  seen: Set<string>,
  options: ChildOptions,
): Subnet | undefined {
  checkProblem(problem);
  requireInstance("generateChild: seen", seen, Set);
  parseOptions("generateChild", childSchema, options);
  return tryChild(problem, seen, options);
}

/** Returns `count` children, or fewer if the tries for one run out, and adds their keys to `seen`. */
export function generateChildren(
  problem: SearchProblem,
  seen: Set<string>,
  options: ChildOptions & { readonly count: number },
): Subnet[] {
  checkProblem(problem);
  requireInstance("generateChildren: seen", seen, Set);
  parseOptions("generateChildren", childrenSchema, options);
  const children = Array.from({ length: options.count }, () => tryChild(problem, seen, options));
  return children.filter((subnet) => subnet !== undefined);
}

const tryChild = (
  problem: SearchProblem,
  seen: Set<string>,
  { maxTries, makeChild }: ChildOptions,
): Subnet | undefined =>
  preferred(problem, seen, () => {
    for (let tries = 0; tries < maxTries; tries++) {
      const subnet = makeChild(tries);
      if (acceptIfNew(problem, seen, subnet)) return subnet;
    }
    return undefined;
  });

/** Returns the subnet that `sample` returns, or, with a pre-filter, the one of several with the highest score. */
function preferred(
  problem: SearchProblem,
  seen: Set<string>,
  sample: () => Subnet | undefined,
): Subnet | undefined {
  const { space, prefilter } = problem;
  if (prefilter === undefined) return sample();
  let best: { subnet: Subnet; score: number } | undefined;
  const sampled: Subnet[] = [];
  while (sampled.length < prefilter.draws) {
    const subnet = sample();
    if (subnet === undefined) break;
    sampled.push(subnet);
    const score = prefilter.score(subnet);
    if (best === undefined || score > best.score || Number.isNaN(best.score)) best = { subnet, score };
  }
  // Only the best one is proposed; the others may be sampled again.
  for (const subnet of sampled) if (subnet !== best?.subnet) seen.delete(subnetKey(space, subnet));
  return best?.subnet;
}

function sampleOne(problem: SearchProblem, seen: Set<string>, random: Random): Subnet | undefined {
  for (let i = 0; i < SAMPLES; i++) {
    const subnet = sampleSubnet(problem.space, random);
    if (acceptIfNew(problem, seen, subnet)) return subnet;
  }
  for (let i = 0; i < REPAIRS; i++) {
    const subnet = repair(problem, sampleSubnet(problem.space, random), random);
    if (acceptIfNew(problem, seen, subnet)) return subnet;
  }
  return undefined;
}
