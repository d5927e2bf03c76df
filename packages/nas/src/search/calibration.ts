import { requireArray } from "@supernet/base";
import { requireSpace } from "../space/require.js";
import type { Space, Subnet } from "../space/space.js";
import { frontValue, upperConfidenceBatch } from "./surrogate/acquisition.js";
import { GaussianProcess, type Posterior } from "./surrogate/gaussian-process.js";
import { SubnetKernel } from "./surrogate/kernel.js";

/** A subnet and what is known about it without training it alone. */
export interface CalibratedCandidate {
  readonly subnet: Subnet;
  /** Its score with the supernet's weights. */
  readonly score: number;
  /** Other numbers that may explain how good it is, such as the logarithm of its FLOPs, in any unit. */
  readonly properties: readonly number[];
}

/** Score of a candidate after a training of its own. */
export interface TrainedScore {
  /** Index of the candidate. */
  readonly index: number;
  readonly score: number;
}

/**
 * Scores of candidates as they would be after a training of their own, learned from a few that were really trained. A
 * Gaussian process explains the trained scores mostly by the scores in the supernet, and by the candidates' other
 * properties and decisions. On trained
 * networks, such predictors rank better than any score without training (White et al., NeurIPS 2021,
 * https://arxiv.org/abs/2104.01177).
 */
export class Calibration {
  readonly #posterior: Posterior;
  readonly #trained: readonly TrainedScore[];

  /**
   * @param candidates all with the same number of properties
   * @param trained at least one
   */
  constructor(space: Space, candidates: readonly CalibratedCandidate[], trained: readonly TrainedScore[]) {
    requireSpace("Calibration", space);
    requireArray("Calibration: candidates", candidates);
    requireArray("Calibration: trained", trained);
    if (trained.length === 0)
      throw new RangeError("Calibration: trained is empty; expected at least one score");
    const kernel = new SubnetKernel(space);
    const properties = standardized(
      candidates.map((candidate) => [candidate.score, ...candidate.properties]),
      [1, ...(candidates[0]?.properties ?? []).map(() => PROPERTY_WEIGHT)],
    );
    const points = candidates.map(({ subnet }, i) => ({
      indices: kernel.indices(subnet),
      properties: properties[i]!,
    }));
    type Point = (typeof points)[number];
    const similarity = (a: Point, b: Point) => ({
      ...kernel.similarity(a.indices, b.indices),
      linear: inner(a.properties, b.properties),
    });
    const process = new GaussianProcess(
      trained.map(({ index }) => points[index]!),
      trained.map(({ score }) => score),
      similarity,
    );
    this.#posterior = process.predict(points);
    this.#trained = trained;
  }

  /** Predicted scores of all candidates, in their order. Those of trained ones are between their own and the prediction. */
  get scores(): readonly number[] {
    return this.#posterior.mean;
  }

  /** Standard deviations of the predictions. */
  get deviations(): number[] {
    return this.scores.map((_, i) => Math.sqrt(Math.max(0, this.#posterior.covariance.get(i, i))));
  }

  /**
   * Returns the candidates to train next.
   *
   * Without resources, these are the ones with the highest predictions plus one standard deviation. With a resource, they
   * are points of the predicted front, each as far as possible from the trained ones in the resource's logarithm: all of
   * the front becomes known evenly. With several resources, they are the front's points of the largest deviation.
   * @param count maximum number
   * @param resources resources of each candidate that the search minimizes, above 0. Default: only the score counts.
   */
  next(count: number, resources?: readonly (readonly number[])[]): number[] {
    const known = new Set(this.#trained.map(({ index }) => index));
    const left = this.scores.map((_, i) => i).filter((i) => !known.has(i));
    if (resources === undefined) return this.#mostPromising(left, count);
    const observed = this.scores.map((value, i) => ({ value, resources: resources[i]! }));
    const worst = Math.min(...this.scores);
    const isOfFront = (i: number) => this.scores[i]! >= frontValue({ observed, worst }, resources[i]!);
    const front = left.filter(isOfFront);
    const chosen =
      resources[0]?.length === 1
        ? farthest(front, { known, count, placeOf: (i) => Math.log(resources[i]![0]!) })
        : this.#mostPromising(front, count);
    const others = left.filter((i) => !chosen.includes(i));
    return [...chosen, ...this.#mostPromising(others, count - chosen.length)];
  }

  /** Returns the candidates with the largest upper bounds, each as if the ones before it were known. */
  #mostPromising(candidates: readonly number[], count: number): number[] {
    if (candidates.length === 0 || count <= 0) return [];
    const { mean, covariance, noise } = this.#posterior;
    const posterior: Posterior = {
      mean: candidates.map((i) => mean[i]!),
      covariance: covariance.selection([...candidates], [...candidates]),
      noise,
    };
    return upperConfidenceBatch(posterior, count, { exploration: EXPLORATION }).map((i) => candidates[i]!);
  }
}

/** Chooses points on a line, each as far as possible from the known ones and those chosen before it. */
function farthest(
  points: readonly number[],
  {
    known,
    count,
    placeOf,
  }: { readonly known: Iterable<number>; readonly count: number; readonly placeOf: (i: number) => number },
): number[] {
  const places = Array.from(known, placeOf);
  const chosen: number[] = [];
  const gap = (i: number) => Math.min(...places.map((place) => Math.abs(place - placeOf(i))));
  const left = new Set(points);
  while (chosen.length < count && left.size > 0) {
    const next = [...left].reduce((a, b) => (gap(b) > gap(a) ? b : a));
    chosen.push(next);
    left.delete(next);
    places.push(placeOf(next));
  }
  return chosen;
}

/** Weight of a prediction's standard deviation in a candidate's favor. */
const EXPLORATION = 1;

/**
 * Weight of a property, relative to that of the supernet's score. Larger ones rank worse while few candidates are trained
 * (docs/benchmarks/ranking.md).
 */
const PROPERTY_WEIGHT = 0.15;

/** Scales each column to mean 0 and a deviation of its weight, and all of them so that the mean square of a row is 1. */
function standardized(rows: readonly (readonly number[])[], weights: readonly number[]): number[][] {
  const scale = 1 / Math.sqrt(weights.reduce((sum, weight) => sum + weight ** 2, 0));
  const columns = weights.map((weight, column) => {
    const values = rows.map((row) => row[column]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    return { mean, factor: (scale * weight) / (deviation || 1) };
  });
  return rows.map((row) => row.map((value, i) => (value - columns[i]!.mean) * columns[i]!.factor));
}

const inner = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
