import { Random, UserError } from "@supernet/base";
import { extremeSubnets } from "../space/extremes.js";
import { sampleSubnet } from "../space/sample.js";
import { allSubnets, type Space, type Subnet, spaceSize } from "../space/space.js";
import { checkConstraints, describeRange, type Range, violation } from "./constraints.js";
import { checkProblem, type SearchProblem, violationOf } from "./problem.js";

/** Spaces up to this size are listed whole where drawing finds nothing more: then the answer is exact. */
const LISTABLE = 1n << 14n;
const DESCENTS = 64;

/**
 * Settles before a search whether any subnet meets the constraints.
 *
 * A resource that is a sum over decisions, or a maximum with a `smooth` stand-in, has its exact minimum and maximum
 * found by descent from one subnet; for others, and for several constraints together, many descents from random
 * subnets are tried, and a small space is listed whole. The effort is bounded.
 * @throws UserError saying which constraint cannot be met, and what the space has to offer
 */
export function checkFeasible(problem: SearchProblem): void {
  checkProblem(problem);
  const random = Random.of(problem.seed, "feasible");
  const { space, constraints, measure } = problem;
  checkConstraints(constraints, Object.keys(measure(sampleSubnet(space, random))));
  for (const [name, range] of Object.entries(constraints)) {
    const alone = { ...problem, constraints: { [name]: range } };
    const closest = closestToFeasible(alone, random);
    if (violationOf(alone, closest) === 0) continue;
    const found = measure(closest)[name]!;
    const { min, max } = extent(problem, name);
    throw new UserError(
      `no subnet of ${space.name} was found with ${describeRange(name, range)}: the nearest has ${found}; ` +
        `the space has ${name} from ${Math.min(min, found)} to ${Math.max(max, found)}; widen the constraint`,
    );
  }
  const closest = closestToFeasible(problem, random);
  if (violationOf(problem, closest) === 0) return;
  const each = (describe: (name: string) => string) => Object.keys(constraints).map(describe);
  const wanted = each((name) => describeRange(name, constraints[name]!));
  const found = each((name) => `${name} ${measure(closest)[name]}`);
  const offered = each((name) => {
    const { min, max } = extent(problem, name);
    return `${name} from ${min} to ${max}`;
  });
  throw new UserError(
    `no subnet of ${space.name} was found with ${wanted.join(" and ")} together: the nearest has ` +
      `${found.join(", ")}; the space has ${offered.join(", ")}; widen one of the constraints`,
  );
}

/** Returns the minimum and the maximum of one measurement over the space. */
function extent(problem: SearchProblem, name: string): Required<Range> {
  const { space, measure } = problem;
  const { smallest, largest } = extremes(problem, name);
  const subnets = isListable(space) ? [...allSubnets(space)] : [smallest, largest];
  const values = subnets.map((subnet) => measure(subnet)[name]!);
  return { min: values.reduce((a, b) => Math.min(a, b)), max: values.reduce((a, b) => Math.max(a, b)) };
}

const extremes = ({ space, measure, smooth = measure }: SearchProblem, name: string) =>
  extremeSubnets(space, (subnet) => smooth(subnet)[name]!);

/** A subnet that meets the constraints where one is found, otherwise the one that misses them least. */
function closestToFeasible(problem: SearchProblem, random: Random): Subnet {
  const { space } = problem;
  const starts = isListable(space) ? allSubnets(space) : descents(problem, random);
  let closest: Subnet | undefined;
  let minMiss = Infinity;
  for (const subnet of starts) {
    const miss = violationOf(problem, subnet);
    if (closest === undefined || miss < minMiss) [closest, minMiss] = [subnet, miss];
    if (miss === 0) break;
  }
  return closest!;
}

/** From the extremes of what is constrained, and from random subnets. */
function* descents(problem: SearchProblem, random: Random): Generator<Subnet> {
  for (const name of Object.keys(problem.constraints)) {
    const { smallest, largest } = extremes(problem, name);
    yield repair(problem, smallest, random);
    yield repair(problem, largest, random);
  }
  for (let i = 0; i < DESCENTS; i++) yield repair(problem, sampleSubnet(problem.space, random), random);
}

/**
 * Brings a subnet nearer to the constraints: decisions in random order, each set to a random choice of those that
 * lessen the violation, until it is 0 or no single decision helps.
 */
export function repair(problem: SearchProblem, subnet: Subnet, random: Random): Subnet {
  const { decisions } = problem.space;
  let current = subnet;
  let miss = missOf(problem, current);
  for (let improved = true; improved && miss.exact > 0; ) {
    improved = false;
    for (const i of random.permutation(decisions.length)) {
      const { name, choices } = decisions[i]!;
      const better = choices
        .map((choice) => ({ ...current, [name]: choice }))
        .map((candidate) => ({ candidate, miss: missOf(problem, candidate) }))
        .filter((option) => isLess(option.miss, miss));
      if (better.length === 0) continue;
      const step = random.pick(better);
      [current, miss, improved] = [step.candidate, step.miss, true];
      if (miss.exact === 0) break;
    }
  }
  return current;
}

/** How far a subnet lies outside the constraints; where two lie as far, the smooth one tells them apart. */
interface Miss {
  readonly exact: number;
  readonly smooth: number;
}

function missOf(problem: SearchProblem, subnet: Subnet): Miss {
  const exact = violationOf(problem, subnet);
  if (exact === 0 || problem.smooth === undefined) return { exact, smooth: exact };
  return { exact, smooth: violation(problem.constraints, problem.smooth(subnet)) };
}

const isLess = (a: Miss, b: Miss): boolean =>
  a.exact < b.exact || (a.exact === b.exact && a.smooth < b.smooth);

/** Whether the space is small enough to be listed whole. */
export function isListable(space: Space): boolean {
  return spaceSize(space) <= LISTABLE;
}
