/**
 * @module
 *
 * The elastic space of inverted residuals, whose candidates are slices of one another.
 *
 * As in Cai et al., "Once-for-All", ICLR 2020, https://arxiv.org/abs/1908.09791, kernels, expansions and depths of
 * MobileNetV2's blocks vary. The width of each stage also varies. Kernels are center crops, without the published
 * transformation matrices.
 *
 * ## Network
 * Stem, first block, six stages and last convolution are those of `mobilenetv2.ts`, with these decisions:
 *
 *     stages.<i>.width                output channels of the stage
 *     stages.<i>.depth                number of blocks of the stage, from its first one
 *     layers.<i>.<block>.kernel       kernel of the depth-wise convolution
 *     layers.<i>.<block>.expansion    expansion of the block, in multiples of its input channels
 *
 * A size with a single choice is not a decision. A stage's first block has no shortcut, all others have one. Blocks
 * beyond the depth are `identity`, and their kernel and expansion are void.
 */
import type { NetworkSpace } from "../network/network-space.js";
import { type ElasticStagesSizes, elasticStages, elasticStagesSchema } from "./elastic-stages.js";
import { invertedResidual } from "./inverted-residual.js";
import { withDefaults } from "./settings.js";

export type ElasticMobileNetSizes = ElasticStagesSizes;

/** Depths, kernels and expansions of Once-for-All. Widths of ProxylessNAS, and about three quarters of these. */
export const ELASTIC_MOBILENET_SIZES: ElasticMobileNetSizes = {
  stem: 32,
  first: 16,
  widths: [
    [24, 32],
    [32, 40],
    [64, 80],
    [72, 96],
    [144, 192],
    [240, 320],
  ],
  depths: [[2, 3, 4], [2, 3, 4], [2, 3, 4], [2, 3, 4], [2, 3, 4], [1]],
  kernels: [3, 5, 7],
  expansions: [3, 4, 6],
  last: 1280,
};

export const elasticMobileNetSettings = withDefaults(elasticStagesSchema, ELASTIC_MOBILENET_SIZES);

/**
 * Creates the space.
 *
 * @example
 * const space = elasticMobileNet({ kernels: [3, 5], depths: [[2, 4], [2, 4], [2, 4], [2, 4], [2, 4], [1]] });
 * @param sizes default: `ELASTIC_MOBILENET_SIZES`
 * @throws UserError if a size is unknown or wrong
 */
export function elasticMobileNet(sizes: Partial<ElasticMobileNetSizes> = {}): NetworkSpace {
  return elasticStages({
    name: "elastic-mobilenet",
    settings: elasticMobileNetSettings,
    sizes,
    kinds: { inverted: invertedResidual },
  });
}
