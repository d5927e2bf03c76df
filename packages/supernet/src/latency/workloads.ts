import { type LayerTimes, layerKey, type PlacedLayer, type Subnet, type Workload } from "@supernet/nas";
import { fcnnlsVector } from "ml-fcnnls";
import type { NetworkRun } from "../network/model.js";

// The time of a network is predicted from what it runs: a sum over terms, each a factor times the measured times of the
// term's layers, or times the number of elements of its other operations. The factors are fitted to complete networks.

/** Term of every network, for what is not in the workloads, such as the call itself. */
const CONSTANT = "constant";
/** Unit of operations without parameters: this many elements. */
const ELEMENTS = 1e6;

/** Amount of each term in a network. */
type Amounts = ReadonlyMap<string, number>;

/** Milliseconds per unit of each term, all at least 0. */
export type TermFactors = Readonly<Record<string, number>>;

/** Returns the layers of workloads that need a time. */
export const timedLayers = (workloads: readonly Workload[]): PlacedLayer[] =>
  workloads.flatMap(({ term, layer, input, batch }) =>
    layer === undefined ? [] : [{ layer, input, batch, part: term, choices: {} }],
  );

/**
 * Returns a function that adds up the amount of each term of a subnet's network. A layer that has no time counts as much
 * as the mean of its term's layers.
 */
export function createAmounts({ workloads }: NetworkRun, times: LayerTimes): (subnet: Subnet) => Amounts {
  // Workloads are the same objects for many subnets, and their keys are long.
  const known = new WeakMap<Workload, number | undefined>();
  const amountOf = (workload: Workload): number | undefined => {
    if (known.has(workload)) return known.get(workload);
    const { layer, input, batch } = workload;
    const elements = () => (batch * input.reduce((product, size) => product * size, 1)) / ELEMENTS;
    const amount = layer === undefined ? elements() : times.get(layerKey(layer, input, batch));
    known.set(workload, amount);
    return amount;
  };
  return (subnet) => {
    const terms = new Map<string, { sum: number; known: number; all: number }>();
    for (const workload of workloads(subnet)) {
      const amount = amountOf(workload);
      const term = terms.get(workload.term) ?? { sum: 0, known: 0, all: 0 };
      terms.set(workload.term, {
        sum: term.sum + (amount ?? 0),
        known: term.known + (amount === undefined ? 0 : 1),
        all: term.all + 1,
      });
    }
    const amounts = Array.from(
      terms,
      ([term, { sum, known, all }]) => [term, known === 0 ? 0 : (sum * all) / known] as const,
    );
    return new Map([[CONSTANT, 1], ...amounts]);
  };
}

/** Predicts the milliseconds of each term. */
export const termTimes = (amounts: Amounts, factors: TermFactors): ReadonlyMap<string, number> =>
  new Map(Array.from(amounts, ([term, amount]) => [term, amount * (factors[term] ?? 0)]));

/** Adds up the milliseconds of all terms. */
export const sumTimes = (times: ReadonlyMap<string, number>): number =>
  [...times.values()].reduce((sum, time) => sum + time, 0);

/** Predicts the milliseconds of a network. */
export const sumTerms = (amounts: Amounts, factors: TermFactors): number =>
  sumTimes(termTimes(amounts, factors));

/**
 * Fits the factors to measured networks, so that the sum of the squared relative errors is least. No factor is negative.
 */
export function fitFactors(networks: readonly Amounts[], milliseconds: readonly number[]): TermFactors {
  const terms = [...new Set(networks.flatMap((amounts) => [...amounts.keys()]))];
  const scales = terms.map((term) => Math.max(...networks.map((amounts) => amounts.get(term) ?? 0)));
  const used = terms.filter((_, i) => scales[i]! > 0);
  const scaleOf = new Map(terms.map((term, i) => [term, scales[i]!]));
  const rows = networks.map((amounts, i) =>
    used.map((term) => (amounts.get(term) ?? 0) / scaleOf.get(term)! / milliseconds[i]!),
  );
  const fitted = fcnnlsVector(
    rows,
    networks.map(() => 1),
  ).K.to1DArray();
  return Object.fromEntries(used.map((term, i) => [term, fitted[i]! / scaleOf.get(term)!]));
}

/** Number of parts that the networks are divided into to measure the error of the fit. */
const FOLDS = 4;

/** Error of predictions for networks that the factors were not fitted to. */
export interface FitError {
  /** Mean of |predicted - measured| / measured. */
  readonly mean: number;
  readonly max: number;
}

/** Measures the error of fitted factors by cross-validation. */
export function crossValidate(networks: readonly Amounts[], milliseconds: readonly number[]): FitError {
  const errors = networks.map((amounts, i) => {
    const others = networks.map((_, j) => j).filter((j) => j % FOLDS !== i % FOLDS);
    const factors = fitFactors(
      others.map((j) => networks[j]!),
      others.map((j) => milliseconds[j]!),
    );
    return Math.abs(sumTerms(amounts, factors) / milliseconds[i]! - 1);
  });
  return { mean: errors.reduce((sum, error) => sum + error, 0) / errors.length, max: Math.max(...errors) };
}
