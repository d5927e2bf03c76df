import { Random } from "@supernet/base";
import {
  firstSubnet,
  type NetworkSpace,
  type SearchProblem,
  type Subnet,
  sampleUnseen,
  scaledSubnets,
  subnetKey,
  violationOf,
} from "@supernet/nas";
import { largestSubnets, withLimit } from "../search/largest.js";
import { type CompareRecipe, handMadeSubnet } from "./settings.js";

/** Where a network of the comparison is from. */
export type Origin = "found" | "hand-scaled" | "hand-made" | "best of random search" | "largest" | "random";

/** A budget of the comparison. */
export interface Budget {
  /** Problem whose constraints include the budget. */
  readonly problem: SearchProblem;
  /** Maximum of the compared resource. Null if the limits of the search are the budget. */
  readonly limit: number | null;
  /** The hand-scaled network that costs as much. Undefined if the space has nothing to scale, or none fits. */
  readonly handScaled: Subnet | undefined;
}

/**
 * Returns the budgets of a comparison. A budget is exactly what a hand-scaled network costs, so that both are compared at
 * equal cost.
 * @param resource resource of the budgets
 */
export function budgetsOf(
  problem: SearchProblem,
  { budgets, resource }: { readonly budgets: readonly number[] | null; readonly resource: string },
): Budget[] {
  const costOf = (subnet: Subnet) => problem.measure(subnet)[resource]!;
  const scaled = scaledSubnets(problem.space);
  const fitting = scaled.length === 1 ? [] : scaled.filter((subnet) => violationOf(problem, subnet) === 0);
  if (budgets === null) {
    const handScaled = fitting.toSorted((a, b) => costOf(a) - costOf(b)).at(-1);
    return [{ problem, limit: null, handScaled }];
  }
  const standard = costOf(firstSubnet(problem.space));
  const limits = budgets.map((fraction) => {
    const target = fraction * standard;
    const distance = (subnet: Subnet) => Math.abs(Math.log(costOf(subnet) / target));
    const handScaled = fitting.toSorted((a, b) => distance(a) - distance(b))[0];
    return { handScaled, limit: handScaled === undefined ? target : costOf(handScaled) };
  });
  const different = limits.filter(({ limit }, i) => limits.findIndex((other) => other.limit === limit) === i);
  return different.map((budget) => ({
    ...budget,
    problem: withLimit(problem, resource, { max: budget.limit }),
  }));
}

/** A scored subnet. */
export interface ScoredPoint {
  readonly subnet: Subnet;
  readonly score: number | null;
}

/** Networks to select from. */
export interface Sources {
  /** Scores that the search ends with. */
  readonly found: readonly ScoredPoint[];
  /** Candidates of a random search. Empty if there was none. */
  readonly random: readonly ScoredPoint[];
}

/** A network of the comparison. */
export interface Entry {
  readonly origin: Origin;
  /** Index of its budget. */
  readonly budget: number;
  readonly subnet: Subnet;
}

/** Share of a budget that its random subnets use at least. */
const USED = 0.9;

/** Lists the networks to compare at a budget. */
export function entriesAt(
  space: NetworkSpace,
  { problem, limit, handScaled }: Budget,
  {
    index,
    settings,
    resource,
    sources,
  }: {
    readonly index: number;
    readonly settings: CompareRecipe;
    readonly resource: string;
    readonly sources: Sources;
  },
): Entry[] {
  const fits = ({ subnet }: ScoredPoint) => violationOf(problem, subnet) === 0;
  const best = (points: readonly ScoredPoint[]): Subnet | undefined =>
    points.filter(fits).toSorted((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity))[0]?.subnet;
  const entry = (origin: Origin, subnet: Subnet | undefined): Entry[] =>
    subnet === undefined ? [] : [{ origin, budget: index, subnet }];
  const { handMade, largest, randomSubnets } = settings;
  const random = Random.of(problem.seed, "compare", index);
  const expensive =
    limit === null ? problem : withLimit(problem, resource, { min: USED * limit, max: limit });
  return [
    ...entry("found", best(sources.found)),
    ...entry("hand-scaled", handScaled),
    ...entry("hand-made", handMade === null ? undefined : handMadeSubnet(space, handMade)),
    ...entry("best of random search", best(sources.random)),
    ...entry("largest", largest ? largestSubnets(problem, 1)[0] : undefined),
    ...sampleUnseen(expensive, new Set(), { count: randomSubnets, random }).flatMap((subnet) =>
      entry("random", subnet),
    ),
  ];
}

/** Returns the different networks of some entries, by key. */
export const differentSubnets = (space: NetworkSpace, entries: readonly Entry[]): Map<string, Subnet> =>
  new Map(entries.map(({ subnet }) => [subnetKey(space, subnet), subnet]));
