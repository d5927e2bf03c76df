import { Random, UserError } from "@supernet/base";
import { smallestSubnet } from "../space/extremes.js";
import { sampleSubnet } from "../space/sample.js";
import { allSubnets, type Space, type Subnet, spaceSize } from "../space/space.js";
import { checkConstraints, describeRange, type Range, violation } from "./constraints.js";
import { checkProblem, measureSubnet, type SearchProblem, violationOf } from "./problem.js";

/** Spaces up to this size are enumerated if sampling finds nothing more, so the answer is exact. */
const LISTABLE = 1n << 14n;
const DESCENTS = 64;

/**
 * Checks before a search that at least one subnet meets the constraints.
 *
 * Descent from one subnet finds the exact minimum and maximum of a resource that is a sum over decisions, or a maximum
 * with a `smooth` replacement. For other resources, and for several constraints together, descents from many random
 * subnets are tried, and a small space is enumerated. The effort is bounded.
 *
 * @returns a subnet that meets the constraints
 * @throws UserError naming the constraint that cannot be met, and the range that the space offers
 */
export function checkFeasible(problem: SearchProblem): Subnet {
  checkProblem(problem);
  const random = Random.of(problem.seed, "feasible");
  const { space, constraints, measure } = problem;
  const extreme = extremesOf(problem);
  let closest = sampleSubnet(space, random);
  checkConstraints(constraints, Object.keys(measureSubnet(problem, closest)));
  for (const [name, range] of Object.entries(constraints)) {
    const single = { ...problem, constraints: { [name]: range } };
    closest = closestToFeasible(single, extreme, random);
    if (violationOf(single, closest) === 0) continue;
    const found = measure(closest)[name]!;
    const { min, max } = extent(problem, extreme, name);
    throw new UserError(
      `no subnet of ${space.name} was found with ${describeRange(name, range)}: the nearest has ${found}; ` +
        `the space has ${name} from ${Math.min(min, found)} to ${Math.max(max, found)}; widen the constraint`,
    );
  }
  if (Object.keys(constraints).length < 2) return closest;
  closest = closestToFeasible(problem, extreme, random);
  if (violationOf(problem, closest) === 0) return closest;
  const each = (describe: (name: string) => string) => Object.keys(constraints).map(describe);
  const wanted = each((name) => describeRange(name, constraints[name]!));
  const found = each((name) => `${name} ${measure(closest)[name]}`);
  const offered = each((name) => {
    const { min, max } = extent(problem, extreme, name);
    return `${name} from ${min} to ${max}`;
  });
  throw new UserError(
    `no subnet of ${space.name} was found with ${wanted.join(" and ")} together: the nearest has ` +
      `${found.join(", ")}; the space has ${offered.join(", ")}; widen one of the constraints`,
  );
}

/** Returns the minimum and the maximum of one measurement over the space. */
function extent({ space, measure }: SearchProblem, extreme: Extremes, name: string): Required<Range> {
  const subnets = isListable(space)
    ? [...allSubnets(space)]
    : [extreme("smallest", name), extreme("largest", name)];
  const values = subnets.map((subnet) => measure(subnet)[name]!);
  return { min: values.reduce((a, b) => Math.min(a, b)), max: values.reduce((a, b) => Math.max(a, b)) };
}

/** Returns the subnet with the smallest or the largest measurement of a name. */
type Extremes = (which: "smallest" | "largest", name: string) => Subnet;

/** Returns a function that finds each extreme once, when it is first needed: it takes seconds in a large space. */
function extremesOf({ space, measure, smooth = measure }: SearchProblem): Extremes {
  const found = new Map<string, Subnet>();
  return (which, name) => {
    const sign = which === "smallest" ? 1 : -1;
    const key = `${which} ${name}`;
    const subnet = found.get(key) ?? smallestSubnet(space, (candidate) => sign * smooth(candidate)[name]!);
    found.set(key, subnet);
    return subnet;
  };
}

/** Returns a subnet that meets the constraints if one is found, otherwise the one with the smallest violation. */
function closestToFeasible(problem: SearchProblem, extreme: Extremes, random: Random): Subnet {
  const { space } = problem;
  const starts = isListable(space) ? allSubnets(space) : descents(problem, extreme, random);
  let closest: Subnet | undefined;
  let smallest = Infinity;
  for (const subnet of starts) {
    const excess = violationOf(problem, subnet);
    if (closest === undefined || excess < smallest) [closest, smallest] = [subnet, excess];
    if (excess === 0) break;
  }
  return closest!;
}

/** Generates descents from the extremes of the constrained resources, and from random subnets. */
function* descents(problem: SearchProblem, extreme: Extremes, random: Random): Generator<Subnet> {
  for (const name of Object.keys(problem.constraints)) {
    yield repair(problem, extreme("smallest", name), random);
    yield repair(problem, extreme("largest", name), random);
  }
  for (let i = 0; i < DESCENTS; i++) yield repair(problem, sampleSubnet(problem.space, random), random);
}

/**
 * Moves a subnet closer to the constraints. In random order, decisions are set to a random one of the choices that
 * reduce the violation, until it is 0 or no single decision helps.
 */
export function repair(problem: SearchProblem, subnet: Subnet, random: Random): Subnet {
  const { decisions } = problem.space;
  let current = subnet;
  let excess = measureExcess(problem, current);
  for (let improved = true; improved && excess.exact > 0; ) {
    improved = false;
    for (const i of random.permutation(decisions.length)) {
      const { name, choices } = decisions[i]!;
      const better = choices
        .filter((choice) => choice !== current[name])
        .map((choice) => ({ ...current, [name]: choice }))
        .map((candidate) => ({ candidate, excess: measureExcess(problem, candidate) }))
        .filter((option) => isLess(option.excess, excess));
      if (better.length === 0) continue;
      const step = random.pick(better);
      [current, excess, improved] = [step.candidate, step.excess, true];
      if (excess.exact === 0) break;
    }
  }
  return current;
}

/** Violation of the constraints. If two are equal, the smooth one decides. */
interface Excess {
  readonly exact: number;
  /** Computes the smooth violation when it is needed. */
  readonly smooth: () => number;
}

function measureExcess(problem: SearchProblem, subnet: Subnet): Excess {
  const { constraints, smooth } = problem;
  const exact = violationOf(problem, subnet);
  let known = smooth === undefined ? exact : undefined;
  return { exact, smooth: () => (known ??= violation(constraints, smooth!(subnet))) };
}

const isLess = (a: Excess, b: Excess): boolean =>
  a.exact < b.exact || (a.exact === b.exact && a.smooth() < b.smooth());

/** Whether the space is small enough to be enumerated. */
export function isListable(space: Space): boolean {
  return spaceSize(space) <= LISTABLE;
}
