import { readJsonIfExists, UserError } from "@supernet/base";
import {
  type Candidate,
  type Choice,
  chooseEach,
  kendallTau,
  ranked,
  type Space,
  type Subnet,
  subnetKey,
  validateSubnet,
} from "@supernet/nas";
import { resultsFile } from "../results.js";
import type { CompareRecipe } from "../settings.js";

/** How a subnet came into the comparison. */
export type Origin = "found" | "best of random search" | "hand-made" | "random";

/** A network of the comparison before it is scored. */
export interface Entrant {
  readonly origin: Origin;
  readonly subnet: Subnet;
}

/** Box AP of one network, three ways. */
export interface Scores {
  /** With the supernet's weights on the search images, by which the search ranks. */
  readonly searchAP: number;
  /** With the supernet's weights on the test images. */
  readonly sharedAP: number;
  /** Trained alone, retrained and fine-tuned in the detector as the found subnet is, on the test images. */
  readonly ownAP: number;
}

export interface Contestant extends Entrant, Scores {
  readonly flops: number;
  readonly params: number;
}

/** What the comparison found; `compare/results.json`. */
export interface Comparison {
  readonly contestants: readonly Contestant[];
  /** Candidates that the random search scored. */
  readonly randomCandidates: number;
  /**
   * Kendall's tau between the score that the search sees (`searchAP`) and `ownAP`, over the random contestants alone:
   * the others were chosen by the one or made to be good at the other. Null where nothing is ranked.
   */
  readonly kendallTau: number | null;
}

/**
 * Who is compared: the found subnet, the best of a random search, the hand-made one, and the first of the random
 * search's subnets, which are random draws under the search's constraints.
 * @throws UserError where the hand-made network's choice is none of the space's
 */
export function entrants(
  space: Space,
  found: Subnet,
  random: readonly Candidate[],
  { handMade, randomSubnets }: CompareRecipe,
): Entrant[] {
  const best = ranked(random)[0];
  return [
    { origin: "found", subnet: found },
    ...(best ? [{ origin: "best of random search" as const, subnet: best.subnet }] : []),
    ...(handMade === null ? [] : [{ origin: "hand-made" as const, subnet: handMadeSubnet(space, handMade) }]),
    ...random.slice(0, randomSubnets).map(({ subnet }) => ({ origin: "random" as const, subnet })),
  ];
}

/**
 * The subnet that a recipe calls hand-made.
 * @throws UserError where it is none of the space's
 */
export function handMadeSubnet(space: Space, handMade: NonNullable<CompareRecipe["handMade"]>): Subnet {
  if (typeof handMade === "object") return validateSubnet(space, handMade, "steps.compare.handMade");
  const choice: Choice = handMade;
  return chooseEach(space, ({ name, choices }) => {
    if (choices.includes(choice)) return choice;
    throw new UserError(
      `steps.compare.handMade: ${choice} is no choice of ${name} in ${space.name}: one of ${choices.join(", ")}`,
    );
  });
}

/** A contestant that is the same network as an entrant of the space, if any: it need not be trained twice. */
export function sameNetwork(
  space: Space,
  { subnet }: Entrant,
  contestants: readonly Contestant[],
): Contestant | undefined {
  const key = subnetKey(space, subnet);
  return contestants.find((contestant) => subnetKey(space, contestant.subnet) === key);
}

export function summarize(contestants: readonly Contestant[], randomCandidates: number): Comparison {
  const random = contestants.filter(({ origin }) => origin === "random");
  const tau = kendallTau(
    random.map(({ searchAP }) => searchAP),
    random.map(({ ownAP }) => ownAP),
  );
  return { contestants, randomCandidates, kendallTau: Number.isFinite(tau) ? tau : null };
}

/** Undefined where the comparison is not done. */
export const readComparison = (folder: string): Comparison | undefined =>
  readJsonIfExists(resultsFile(folder));

/** One line of the comparison's table; the random subnets are one line, their mean. */
export interface ComparisonRow extends Pick<Contestant, "flops" | "params" | "ownAP" | "sharedAP"> {
  readonly label: string;
}

export function comparisonRows({ contestants, randomCandidates }: Comparison): ComparisonRow[] {
  const random = contestants.filter(({ origin }) => origin === "random");
  const chosen = contestants.filter(({ origin }) => origin !== "random");
  const rows = chosen.map(({ origin, ...rest }) => ({
    ...rest,
    label: origin === "best of random search" ? `best of ${randomCandidates} random candidates` : origin,
  }));
  if (random.length === 0) return rows;
  const mean = (value: (contestant: Contestant) => number) =>
    random.reduce((sum, contestant) => sum + value(contestant), 0) / random.length;
  const means = {
    label: `mean of ${random.length} random subnets`,
    flops: mean(({ flops }) => flops),
    params: mean(({ params }) => params),
    ownAP: mean(({ ownAP }) => ownAP),
    sharedAP: mean(({ sharedAP }) => sharedAP),
  };
  return [...rows, means];
}
