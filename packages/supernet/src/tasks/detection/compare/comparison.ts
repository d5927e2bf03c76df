import { readJsonIfExists } from "@supernet/base";
import { type Candidate, kendallTau, ranked, type Space, type Subnet, subnetKey } from "@supernet/nas";
import { resultsFile } from "../results.js";
import { type CompareRecipe, handMadeSubnet } from "../settings.js";

/** Origin of a subnet of the comparison. */
export type Origin = "found" | "best of random search" | "hand-made" | "random";

/** A network of the comparison, before it is scored. */
export interface ComparisonEntry {
  readonly origin: Origin;
  readonly subnet: Subnet;
}

/** Box AP of one network, measured in three ways. */
export interface Scores {
  /** AP with the supernet's weights on the search images: the score that the search sees. */
  readonly searchAP: number;
  /** AP with the supernet's weights on the test images. */
  readonly sharedAP: number;
  /**
   * AP on the test images after standalone training: retraining and fine-tuning in the detector, like the found subnet.
   */
  readonly ownAP: number;
}

/** A network of the comparison with its scores. */
export interface ScoredEntry extends ComparisonEntry, Scores {
  readonly flops: number;
  readonly params: number;
}

/** Result of the comparison; `compare/results.json`. */
export interface Comparison {
  readonly entries: readonly ScoredEntry[];
  /** Number of candidates that the random search scored. */
  readonly randomCandidates: number;
  /**
   * Kendall's tau between `searchAP` and `ownAP`, over only the random entries: the others were selected by `searchAP`
   * or designed for a high `ownAP`. Null if there is nothing to rank.
   */
  readonly kendallTau: number | null;
}

/**
 * Lists the networks to compare: the found subnet, the best of a random search, the hand-made network, and the first
 * subnets of the random search. The latter are random samples under the search's constraints.
 * @throws UserError if the hand-made network is not in the space
 */
export function comparisonEntries(
  space: Space,
  { handMade, randomSubnets }: CompareRecipe,
  { found, random }: { readonly found: Subnet; readonly random: readonly Candidate[] },
): ComparisonEntry[] {
  const best = ranked(random)[0];
  return [
    { origin: "found", subnet: found },
    ...(best ? [{ origin: "best of random search" as const, subnet: best.subnet }] : []),
    ...(handMade === null ? [] : [{ origin: "hand-made" as const, subnet: handMadeSubnet(space, handMade) }]),
    ...random.slice(0, randomSubnets).map(({ subnet }) => ({ origin: "random" as const, subnet })),
  ];
}

/** Returns a scored entry with the same network, if any, so that no network is trained twice. */
export function findSameNetwork(
  space: Space,
  { subnet }: ComparisonEntry,
  scored: readonly ScoredEntry[],
): ScoredEntry | undefined {
  const key = subnetKey(space, subnet);
  return scored.find((entry) => subnetKey(space, entry.subnet) === key);
}

/** Computes the result of a comparison. */
export function summarize(entries: readonly ScoredEntry[], randomCandidates: number): Comparison {
  const random = entries.filter(({ origin }) => origin === "random");
  const tau = kendallTau(
    random.map(({ searchAP }) => searchAP),
    random.map(({ ownAP }) => ownAP),
  );
  return { entries, randomCandidates, kendallTau: Number.isFinite(tau) ? tau : null };
}

/** Reads the result of the comparison; returns undefined if it has not finished. */
export const readComparison = (folder: string): Comparison | undefined =>
  readJsonIfExists(resultsFile(folder));

/** One row of the comparison's table. The random subnets share one row, their mean. */
export interface ComparisonRow extends Pick<ScoredEntry, "flops" | "params" | "ownAP" | "sharedAP"> {
  readonly label: string;
}

/** Returns the rows of the comparison's table. */
export function comparisonRows({ entries, randomCandidates }: Comparison): ComparisonRow[] {
  const random = entries.filter(({ origin }) => origin === "random");
  const chosen = entries.filter(({ origin }) => origin !== "random");
  const rows = chosen.map(({ origin, ...rest }) => ({
    ...rest,
    label: origin === "best of random search" ? `best of ${randomCandidates} random candidates` : origin,
  }));
  if (random.length === 0) return rows;
  const mean = (value: (entry: ScoredEntry) => number) =>
    random.reduce((sum, entry) => sum + value(entry), 0) / random.length;
  const means = {
    label: `mean of ${random.length} random subnets`,
    flops: mean(({ flops }) => flops),
    params: mean(({ params }) => params),
    ownAP: mean(({ ownAP }) => ownAP),
    sharedAP: mean(({ sharedAP }) => sharedAP),
  };
  return [...rows, means];
}
