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

export interface ZeroCostSettings {
  readonly classes: number;
  /**
   * One batch, [n, channels, height, width]; networks are built on its device. naswot looks at the images,
   * gradient-norm at the labels too, synflow and zen at the shape alone.
   */
  readonly images: Tensor;
  /** [n], int64 */
  readonly labels: Tensor;
  readonly seed: number;
}

const tensor = z.custom<Tensor>((value) => value instanceof Tensor, { error: "a tensor" });
const settingsSchema = z.strictObject({ classes: count, images: tensor, labels: tensor, seed: z.int() });

/** So many subnets without a score, and none with one, are no chance. */
const NONE_AT_ALL = 8;

/**
 * Scores subnets of a space by freshly initialised networks of their own: higher is better, whatever the score, and NaN
 * where it is not finite. A subnet's score depends on nothing but the settings, and equal networks have equal ones.
 * @throws UserError where the score is not defined for the space, and from the function where none of the first subnets
 *   has one
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
      if (++without < NONE_AT_ALL) return Number.NaN;
      throw new UserError(
        `${kind} has no finite value for any of ${NONE_AT_ALL} subnets: take other images or another score`,
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
