import { parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import { hasLayer, type NetworkSpace } from "./network-space.js";

/** Scores of networks that are not trained, by the names that recipes give them. */
export const ZERO_COST_SCORES = ["synflow", "naswot", "gradient-norm", "zen"] as const;

export type ZeroCostScore = (typeof ZERO_COST_SCORES)[number];

/** A score of untrained networks that selects the subnets that are proposed. */
export const prefilterSettings = z.strictObject({
  score: z.enum(ZERO_COST_SCORES),
  /** Number of subnets that are sampled for each one that is proposed: the one with the highest score. */
  draws: z.int().min(2),
});

export type PrefilterSettings = z.output<typeof prefilterSettings>;

/**
 * For those who score the subnets of a space.
 * @throws UserError where the score is not defined for them
 */
export function checkZeroCostScore(score: ZeroCostScore, space: NetworkSpace): void {
  parseOptions("zero-cost score", prefilterSettings.pick({ score: true }), { score });
  if (score !== "gradient-norm" && hasLayer(space, "attention")) throw notForTransformers(score);
}

/** Why a transformer has no such score. */
export function notForTransformers(score: Exclude<ZeroCostScore, "gradient-norm">): UserError {
  const reason = {
    synflow: "follows a network without its norms and non-linear layers, of which attention is made",
    naswot: "counts which ReLUs are on, of which a transformer has none",
    zen: "is of convolutional networks with batch-norm",
  }[score];
  return new UserError(`${score} ${reason}: take gradient-norm`);
}
