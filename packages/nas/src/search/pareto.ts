import { requireArray, requireObject } from "@supernet/base";
import type { Candidate } from "./state.js";

/** Values of several objectives, all to be minimized. */
export type Objectives = readonly number[];

/** Returns whether `a` is not greater than `b` in any objective, and smaller in at least one. */
export function dominates(a: Objectives, b: Objectives): boolean {
  requireArray("dominates: a", a);
  requireArray("dominates: b", b);
  return a.every((value, i) => value <= b[i]!) && a.some((value, i) => value < b[i]!);
}

/**
 * Sorts points into fronts, and returns their indices in ascending order within a front. No point dominates those of
 * the first front. Only points of earlier fronts dominate those of the next ones. This is the fast non-dominated sort
 * of NSGA-II (Deb et al., 2002).
 */
export function nonDominatedSort(points: readonly Objectives[]): number[][] {
  requireArray("nonDominatedSort: points", points);
  const dominated = points.map((): number[] => []);
  const dominators = points.map(() => 0);
  for (const [i, a] of points.entries()) {
    for (let j = i + 1; j < points.length; j++) {
      const [better, worse] = dominates(a, points[j]!) ? [i, j] : dominates(points[j]!, a) ? [j, i] : [];
      if (better === undefined) continue;
      dominated[better]!.push(worse!);
      dominators[worse!]!++;
    }
  }
  const fronts: number[][] = [];
  let front = [...points.keys()].filter((i) => dominators[i] === 0);
  while (front.length > 0) {
    fronts.push(front);
    const next = front.flatMap((i) => dominated[i]!.filter((j) => --dominators[j]! === 0));
    front = next.toSorted((a, b) => a - b);
  }
  return fronts;
}

/**
 * Returns the crowding distance of each point of a front (Deb et al., 2002). For each objective, the difference between
 * the next larger and the next smaller value is divided by the front's range. The distance is the sum. It is infinite
 * for the minimum and the maximum of an objective, unless all of its values are equal.
 */
export function crowdingDistances(front: readonly Objectives[]): number[] {
  requireArray("crowdingDistances: front", front);
  const distances = front.map(() => 0);
  for (const objective of front[0]?.keys() ?? []) {
    const order = [...front.keys()].toSorted((a, b) => front[a]![objective]! - front[b]![objective]!);
    const value = (place: number) => front[order[place]!]![objective]!;
    const last = order.length - 1;
    const range = value(last) - value(0);
    if (range === 0) continue;
    distances[order[0]!] = distances[order[last]!] = Number.POSITIVE_INFINITY;
    for (let place = 1; place < last; place++)
      distances[order[place]!]! += (value(place + 1) - value(place - 1)) / range;
  }
  return distances;
}

/**
 * Returns the index of a front's knee. Each objective is scaled to 0 at its minimum in the front and 1 at its maximum.
 * The knee is furthest from the plane on which the scaled objectives sum to 1, on the side of the ideal point. For two
 * objectives, that plane is the line between the front's two ends. Of equal points, the first one is returned.
 */
export function kneeIndex(front: readonly Objectives[]): number {
  requireArray("kneeIndex: front", front);
  const bounds = (front[0] ?? []).map((_, i) => {
    const values = front.map((point) => point[i]!);
    return { min: Math.min(...values), max: Math.max(...values) };
  });
  const sums = front.map((point) =>
    point.reduce((sum, value, i) => {
      const { min, max } = bounds[i]!;
      return sum + (max > min ? (value - min) / (max - min) : 0);
    }, 0),
  );
  return sums.indexOf(Math.min(...sums));
}

/** Returns a candidate's objectives, all to be minimized: its negated score, and the named resources. */
export function objectivesOf(
  candidate: Pick<Candidate, "score" | "resources">,
  minimize: readonly string[],
): Objectives {
  requireObject("objectivesOf: candidate", candidate);
  requireArray("objectivesOf: minimize", minimize);
  const { score, resources } = candidate;
  return [-(score ?? Number.NEGATIVE_INFINITY), ...minimize.map((name) => resources[name]!)];
}

/** The best trade-offs that a search has found. */
export interface ParetoFront {
  /** Candidates from the highest score to the lowest; of equal ones only the first that was scored. */
  readonly candidates: readonly Candidate[];
  /** Index of the front's knee in `candidates`; see `kneeIndex`. */
  readonly knee: number;
}

/**
 * Returns the Pareto front of all candidates that were scored on all images.
 *
 * @example
 * const { candidates, knee } = paretoFront(state.history, ["flops"]);
 * candidates[knee]; // the knee of the front
 * @param minimize resources to minimize while the score is maximized
 */
export function paretoFront(history: readonly Candidate[], minimize: readonly string[]): ParetoFront {
  requireArray("paretoFront: history", history);
  requireArray("paretoFront: minimize", minimize);
  const scored = history.filter(({ score, fraction }) => score !== null && fraction === 1);
  const points = scored.map((candidate) => objectivesOf(candidate, minimize));
  const seen = new Set<string>();
  const candidates = (nonDominatedSort(points)[0] ?? [])
    .filter((i) => seen.size < seen.add(String(points[i])).size)
    .map((i) => scored[i]!)
    .toSorted((a, b) => b.score! - a.score!);
  return { candidates, knee: kneeIndex(candidates.map((candidate) => objectivesOf(candidate, minimize))) };
}
