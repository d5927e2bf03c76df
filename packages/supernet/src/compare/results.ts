import { join } from "node:path";
import { Random, readJsonIfExists } from "@supernet/base";
import { kendallTau, type Measurements, quantile, type Subnet } from "@supernet/nas";
import type { Latency } from "@supernet/nas/supernet";
import type { Origin } from "./entries.js";

/** A network of the comparison, trained like the others. */
export interface ComparedNetwork {
  readonly origin: Origin;
  /** Index of its budget in `budgets`. */
  readonly budget: number;
  readonly subnet: Subnet;
  /** Folder in the step's folder with its weights and its ONNX model. Networks that are the same share it. */
  readonly folder: string;
  readonly resources: Measurements;
  /** Score with the supernet's weights on the search images: what the search sees. */
  readonly supernet: number;
  /** Scores with its own weights. `search` is null if it was trained on the images for the search. */
  readonly search: number | null;
  readonly test: number;
  /** Of its ONNX model; null if ONNX Runtime is not installed, or the network is not exported. */
  readonly latency: Latency | null;
}

/** Difference of test scores to another origin, the mean over the budgets. */
export interface Gain {
  readonly over: Origin;
  readonly mean: number;
  /** 95 % interval over samples of the test images. Another training changes the result too. */
  readonly interval: readonly [number, number];
  /** Number of budgets with networks of both. */
  readonly budgets: number;
  /** Cost of the others, divided by that of the found networks. */
  readonly cost: number;
}

/** Result of a comparison; `compare/results.json`. */
export interface Comparison {
  /** Resource of the budgets. */
  readonly resource: string;
  /** Maximum of the resource for each budget; null if the limits of the search are the budget. */
  readonly budgets: readonly (number | null)[];
  readonly networks: readonly ComparedNetwork[];
  /** Number of candidates that the random search scored; 0 if there was none. */
  readonly randomCandidates: number;
  readonly gains: readonly Gain[];
  /**
   * Kendall's tau between `supernet` and `test`, over only the random networks: the others were selected by a score or
   * designed for a high one. Null if there is nothing to rank.
   */
  readonly kendallTau: number | null;
}

/** Returns the path of the results in a step's folder. */
export const comparisonFile = (folder: string): string => join(folder, "results.json");

/** Reads the result of a comparison; returns undefined if it has not finished. */
export const readComparison = (folder: string): Comparison | undefined =>
  readJsonIfExists(comparisonFile(folder));

/** Number of samples of the test images. */
export const SAMPLES = 1000;

/** Draws samples of images with replacement: for each sample, how often each image occurs. */
export const drawSamples = (images: number, seed: number): Int32Array[] =>
  Array.from({ length: SAMPLES }, (_, i) => {
    const random = Random.of(seed, "bootstrap", i);
    const counts = new Int32Array(images);
    for (let drawn = 0; drawn < images; drawn++) counts[random.int(images)]!++;
    return counts;
  });

/** Returns the range that contains 95 % of the values of samples. */
export function intervalOf(values: readonly number[]): readonly [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
}

/** Origins that the found networks are compared with, the most important first. */
const COMPARED: readonly Origin[] = [
  "hand-scaled",
  "hand-made",
  "best of random search",
  "largest",
  "random",
];

/**
 * Computes what the search gained: the difference of the found networks to those of each other origin at the same budget.
 * @param resource resource of the budgets
 * @param sampled test scores of the networks of a folder on the samples of the images
 */
export function computeGains(
  networks: readonly ComparedNetwork[],
  resource: string,
  sampled: (folder: string) => readonly number[],
): Gain[] {
  const costOf = ({ resources }: ComparedNetwork): number => resources[resource]!;
  const found = networks.filter(({ origin }) => origin === "found");
  return COMPARED.flatMap((over): Gain[] => {
    const pairs = found.flatMap((network) => {
      const others = networks.filter(({ origin, budget }) => origin === over && budget === network.budget);
      return others.length === 0 ? [] : [{ network, others }];
    });
    if (pairs.length === 0) return [];
    const difference = (score: (network: ComparedNetwork) => number): number =>
      mean(pairs.map(({ network, others }) => score(network) - mean(others.map(score))));
    const interval = intervalOf(
      Array.from({ length: SAMPLES }, (_, i) => difference(({ folder }) => sampled(folder)[i]!)),
    );
    const cost = mean(pairs.map(({ network, others }) => mean(others.map(costOf)) / costOf(network)));
    return [{ over, mean: difference(({ test }) => test), interval, budgets: pairs.length, cost }];
  });
}

/** Computes how well the supernet ranks the random networks. */
export function rankingOf(networks: readonly ComparedNetwork[]): number | null {
  const random = networks.filter(({ origin }) => origin === "random");
  const tau = kendallTau(
    random.map(({ supernet }) => supernet),
    random.map(({ test }) => test),
  );
  return Number.isFinite(tau) ? tau : null;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Row of the table of a comparison. Random networks of a budget share a row, their mean. */
export interface ComparisonRow {
  readonly label: string;
  readonly budget: number;
  readonly cost: number;
  readonly milliseconds: number | null;
  readonly supernet: number;
  readonly test: number;
}

/** Returns the rows of the table, budget by budget. */
export function comparisonRows({ networks, resource, randomCandidates }: Comparison): ComparisonRow[] {
  const groups = new Map<string, ComparedNetwork[]>();
  for (const network of networks) {
    const key = `${network.budget} ${network.origin}`;
    groups.set(key, [...(groups.get(key) ?? []), network]);
  }
  return Array.from(groups.values(), (group) => {
    const [{ origin, budget }] = group as [ComparedNetwork];
    const times = group.flatMap(({ latency }) => latency?.median ?? []);
    return {
      label: labelOf(origin, group.length, randomCandidates),
      budget,
      cost: mean(group.map(({ resources }) => resources[resource]!)),
      milliseconds: times.length < group.length ? null : mean(times),
      supernet: mean(group.map(({ supernet }) => supernet)),
      test: mean(group.map(({ test }) => test)),
    };
  }).toSorted((a, b) => a.budget - b.budget);
}

function labelOf(origin: Origin, count: number, randomCandidates: number): string {
  if (origin === "best of random search") return `best of ${randomCandidates} random candidates`;
  if (origin === "largest") return "most FLOPs";
  return origin === "random" && count > 1 ? `mean of ${count} random` : origin;
}

/** Relative difference of costs that count as equal. */
const EQUAL = 0.1;

/**
 * Describes what the search gained, in one sentence for each other origin.
 * @param metric name of the score, such as "AP"
 */
export function gainSentences({ gains, resource }: Comparison, metric: string): string[] {
  return gains.map(({ over, mean: gain, interval: [low, high], budgets, cost }) => {
    const isEqual = Math.abs(cost - 1) <= EQUAL;
    const share = isEqual ? "the same" : `${(100 / cost).toFixed(0)} % of the`;
    const average = budgets > 1 ? `, on average over ${budgets} budgets` : "";
    const [few, many] = gain < 0 ? [-high, -low] : [low, high];
    const isUnsure = low <= 0 && high >= 0;
    return (
      `At ${share} ${resource} ${isEqual ? "as" : "of"} ${PLURALS[over]}${average}, the found networks have ` +
      `${points(Math.abs(gain))} points of ${metric} ${gain < 0 ? "less" : "more"}` +
      `${isUnsure ? ", but there are too few test images to tell them apart" : ""} ` +
      `(95 % interval over test images: ${points(few)} to ${points(many)}; one training each)`
    );
  });
}

/** Describes the networks of an origin, to compare with. */
export const pluralOf = (origin: Origin): string => PLURALS[origin];

const PLURALS: Readonly<Record<Origin, string>> = {
  found: "the found ones",
  "hand-scaled": "hand-scaled ones",
  "hand-made": "hand-made ones",
  "best of random search": "the best of a random search",
  largest: "the ones with the most FLOPs",
  random: "random ones",
};

const points = (value: number): string => (100 * value).toFixed(1);
