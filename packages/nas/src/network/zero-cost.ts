import { UserError } from "@supernet/base";
import { hasLayer } from "./has-layer.js";
import type { NetworkSpace } from "./network-space.js";

/** Scores of networks that are not trained, by the names that recipes give them. */
export const ZERO_COST_SCORES = ["synflow", "naswot", "gradient-norm", "zen"] as const;

export type ZeroCostScore = (typeof ZERO_COST_SCORES)[number];

/**
 * For those who score the subnets of a space.
 * @throws UserError where the score is not defined for them
 */
export function checkZeroCostScore(score: ZeroCostScore, space: NetworkSpace): void {
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
