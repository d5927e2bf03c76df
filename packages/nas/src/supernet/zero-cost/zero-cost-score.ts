import { count, parseOptions, Random, UserError } from "@supernet/base";
import { manualSeed, Tensor } from "@supernet/torch";
import { z } from "zod";
import type { NetworkSpace } from "../../network/network-space.js";
import { checkZeroCostScore, type ZeroCostScore } from "../../network/zero-cost.js";
import type { Subnet } from "../../space/space.js";
import { SpaceClassifier } from "../networks/classifier.js";
import { gradientNorm } from "./gradient-norm.js";
import { naswot } from "./naswot.js";
import { synflow } from "./synflow.js";
import type { UntrainedNetwork } from "./untrained.js";
import { zen } from "./zen.js";

/** Settings of `zeroCostScore`. */
export interface ZeroCostSettings {
  /** Number of classes of the classifier. */
  readonly classes: number;
  /**
   * One batch, `[n, channels, height, width]`, on the device that networks are built on. naswot uses the images,
   * gradient-norm also the labels, and synflow and zen only the shape.
   */
  readonly images: Tensor;
  /** `[n]`, int64 */
  readonly labels: Tensor;
  /** Seed of the initial weights, and of the random inputs of zen. */
  readonly seed: number;
}

const tensor = z.custom<Tensor>((value) => value instanceof Tensor, { error: "a tensor" });
const settingsSchema = z.strictObject({ classes: count, images: tensor, labels: tensor, seed: z.int() });

/** Number of subnets without a finite score, and none with one, after which scoring fails. */
const MAX_WITHOUT_SCORE = 8;

/**
 * Returns a function that scores subnets of a space without training. It builds a newly initialized stand-alone network
 * per subnet. Higher is better for all scores, and NaN means that the score is not finite. A score depends only on the
 * settings and the subnet, and equal networks have equal scores.
 *
 * @example
 * const score = zeroCostScore("naswot", space, { classes: 10, images, labels, seed: 0 });
 * const better = score(a) > score(b) ? a : b;
 * @throws UserError if the score is not defined for the space. The returned function throws one if the score is not
 *   finite for any of the first 8 subnets.
 */
export function zeroCostScore(
  kind: ZeroCostScore,
  space: NetworkSpace,
  settings: ZeroCostSettings,
): (subnet: Subnet) => number {
  checkZeroCostScore(kind, space);
  parseOptions("zeroCostScore", settingsSchema, settings);
  const { classes, images, seed } = settings;
  let without = 0;
  return (subnet) => {
    manualSeed(Random.of(seed, "zero-cost score").uint32());
    const network = new SpaceClassifier(space, classes, subnet).to({ device: images.device });
    try {
      const score = scoreOf(kind, network, settings);
      if (Number.isFinite(score)) {
        without = Number.NEGATIVE_INFINITY;
        return score;
      }
      if (++without < MAX_WITHOUT_SCORE) return Number.NaN;
      throw new UserError(
        `${kind} has no finite value for any of ${MAX_WITHOUT_SCORE} subnets: use other images or another score`,
      );
    } finally {
      for (const tensor of network.stateDict().values()) tensor.dispose();
    }
  };
}

function scoreOf(
  kind: ZeroCostScore,
  network: UntrainedNetwork,
  { images, labels }: ZeroCostSettings,
): number {
  switch (kind) {
    case "synflow":
      return synflow(network, images.shape.slice(1));
    case "naswot":
      return naswot(network, images);
    case "gradient-norm":
      return gradientNorm(network, images, labels);
    case "zen":
      return zen(network, images.shape.slice(1));
  }
}
