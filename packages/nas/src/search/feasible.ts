import { UserError } from "@supernet/torch/errors";
import { Random } from "@supernet/torch/random";
import { sampleSubnet } from "../space/sample.js";
import { allSubnets, type Space, type Subnet, spaceSize } from "../space/space.js";
import { checkConstraints, describeRange } from "./constraints.js";
import { type SearchProblem, violationOf } from "./problem.js";

/** Spaces up to this size are listed whole where drawing finds nothing more: then the answer is exact. */
const LISTABLE = 1n << 14n;
const DESCENTS = 32;

/**
 * Settles before a search whether any subnet meets the constraints.
 *
 * A resource that is a sum over decisions has its exact minimum and maximum found by descent from one subnet;
 * for others, and for several constraints together, many descents from random subnets are tried, and a small
 * space is listed whole. The effort is bounded.
 * @throws UserError saying which constraint cannot be met and how near the space comes
 */
export function checkFeasible(problem: SearchProblem): void {
  const random = Random.of(problem.seed, "feasible");
  const { space, constraints, measure } = problem;
  checkConstraints(constraints, Object.keys(measure(sampleSubnet(space, random))));
  for (const [name, range] of Object.entries(constraints)) {
    const alone = { ...problem, constraints: { [name]: range } };
    const closest = closestToFeasible(alone, random);
    if (violationOf(alone, closest) === 0) continue;
    throw new UserError(
      `no subnet of ${space.name} was found with ${describeRange(name, range)}: ` +
        `the nearest found has ${measure(closest)[name]}; widen the constraint`,
    );
  }
  const closest = closestToFeasible(problem, random);
  if (violationOf(problem, closest) === 0) return;
  const wanted = Object.entries(constraints).map(([name, range]) => describeRange(name, range));
  const found = Object.keys(constraints).map((name) => `${name} ${measure(closest)[name]}`);
  throw new UserError(
    `no subnet of ${space.name} was found with ${wanted.join(" and ")} together: ` +
      `the nearest has ${found.join(", ")}; widen one of the constraints`,
  );
}

/** A subnet that meets the constraints where one is found, otherwise the one that misses them least. */
function closestToFeasible(problem: SearchProblem, random: Random): Subnet {
  const { space } = problem;
  const starts = isListable(space) ? allSubnets(space) : descents(problem, random);
  let closest: Subnet | undefined;
  let least = Infinity;
  for (const subnet of starts) {
    const miss = violationOf(problem, subnet);
    if (closest === undefined || miss < least) [closest, least] = [subnet, miss];
    if (miss === 0) break;
  }
  return closest!;
}

function* descents(problem: SearchProblem, random: Random): Generator<Subnet> {
  for (let i = 0; i < DESCENTS; i++) yield repair(problem, sampleSubnet(problem.space, random), random);
}

/**
 * Brings a subnet nearer to the constraints: decisions in random order, each set to a random choice of those that
 * lessen the violation, until it is 0 or no single decision helps.
 */
export function repair(problem: SearchProblem, subnet: Subnet, random: Random): Subnet {
  const { decisions } = problem.space;
  let current = subnet;
  let miss = violationOf(problem, current);
  for (let improved = true; improved && miss > 0; ) {
    improved = false;
    for (const i of random.permutation(decisions.length)) {
      const { name, choices } = decisions[i]!;
      const better = choices
        .map((choice) => ({ ...current, [name]: choice }))
        .map((candidate) => ({ candidate, miss: violationOf(problem, candidate) }))
        .filter((option) => option.miss < miss);
      if (better.length === 0) continue;
      const step = random.pick(better);
      [current, miss, improved] = [step.candidate, step.miss, true];
      if (miss === 0) break;
    }
  }
  return current;
}

/** Whether the space is small enough to be listed whole. */
export function isListable(space: Space): boolean {
  return spaceSize(space) <= LISTABLE;
}
