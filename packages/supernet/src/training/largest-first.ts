import { UserError } from "@supernet/base";
import { featureParts, type NetworkSpace, type Subnet, separateDecisions } from "@supernet/nas";
import type { SamplingRecipe } from "./sampling.settings.js";

// The start of a supernet's training, in which only the largest subnet is trained.

/** Returns the number of iterations that train only the largest subnet. At least one trains the others. */
export const largestIterations = (
  { largestFirst }: Pick<SamplingRecipe, "largestFirst">,
  iterations: number,
): number => Math.min(iterations - 1, Math.round(largestFirst * iterations));

/**
 * Checks that the candidates of choice blocks can start from one of them.
 * @param where what contains the settings, for messages
 * @throws UserError if they cannot
 */
export function checkLargestFirst(
  space: NetworkSpace,
  sampling: Pick<SamplingRecipe, "largestFirst"> | undefined,
  where: string,
): void {
  if (!sampling || sampling.largestFirst === 0) return;
  const separate = choiceBlocks(space);
  const unaligned = space.decisions.find(
    ({ name, choices }) => separate.has(name) && !choices.includes(space.alignment?.base ?? ""),
  );
  if (unaligned === undefined) return;
  throw new UserError(
    `${where}.largestFirst: the candidates of ${unaligned.name} have separate weights, and space ${space.name} does not ` +
      "define how they start from one of them: set it to 0, or add an alignment to the space",
  );
}

/** Replaces the choice of each choice block by the candidate that the others start from. */
export function withBaseCandidates(space: NetworkSpace, subnet: Subnet): Subnet {
  const base = Array.from(choiceBlocks(space), (name) => [name, space.alignment!.base] as const);
  return { ...subnet, ...Object.fromEntries(base) };
}

/** Returns the names of the decisions whose choices have separate weights. */
const choiceBlocks = (space: NetworkSpace): ReadonlySet<string> =>
  new Set(featureParts(space).flatMap((part) => separateDecisions(part)));
