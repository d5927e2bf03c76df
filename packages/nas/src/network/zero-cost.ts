import { parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import { hasLayer, type NetworkSpace } from "./network-space.js";

/** Names of the scores of untrained networks, as used in recipes. */
export const ZERO_COST_SCORES = ["synflow", "naswot", "gradient-norm", "zen"] as const;

export type ZeroCostScore = (typeof ZERO_COST_SCORES)[number];

/** A score of untrained networks that selects which sampled subnets are proposed. */
export const prefilterSettings = z.strictObject({
  score: z.enum(ZERO_COST_SCORES).describe("Zero-cost score of untrained networks."),
  draws: z
    .int()
    .min(2)
    .describe(
      "Number of subnets that are sampled for each proposal. The one with the highest score is proposed.",
    ),
});

export type PrefilterSettings = z.output<typeof prefilterSettings>;

/**
 * Checks that a zero-cost score is defined for the subnets of a space.
 *
 * @throws UserError if it is not
 */
export function checkZeroCostScore(score: ZeroCostScore, space: NetworkSpace): void {
  parseOptions("zero-cost score", prefilterSettings.pick({ score: true }), { score });
  if (score !== "gradient-norm" && hasLayer(space, "attention")) throw notForTransformers(score);
}

/** Returns the error that explains why a score is not defined for transformers. */
export function notForTransformers(score: Exclude<ZeroCostScore, "gradient-norm">): UserError {
  const reason = {
    synflow: "cannot score attention, because it removes normalization and non-linear layers",
    naswot: "counts active ReLUs, and a transformer has none",
    zen: "is only defined for convolutional networks with batch-norm",
  }[score];
  return new UserError(`${score} ${reason}: use gradient-norm`);
}
