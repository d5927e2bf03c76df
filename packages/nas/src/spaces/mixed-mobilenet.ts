/**
 * @module
 *
 * The mixed space: choice blocks and slices at once. Width and depth of a stage, kind, kernel and expansion of a block.
 *
 * Our own, put together of published pieces: stages, widths, depths, kernels and expansions of `elastic-mobilenet.ts`
 * (after Cai et al., "Once-for-All", ICLR 2020), and the two blocks between which EfficientNetV2 (Tan and Le, ICML 2021,
 * https://arxiv.org/abs/2104.00298) chooses.
 *
 * ## Network
 * That of `elastic-mobilenet.ts`, with one more decision for each block:
 *
 *     layers.<i>.<block>.block    inverted or fused
 *
 * ## Block
 * With `in` and `out` the block's channels, e its expansion, k its kernel; BN is a batch-norm, no convolution has a bias.
 *
 *     inverted   Sequential(1x1 to e in, BN, ReLU6, depth-wise k x k, BN, ReLU6, 1x1 to out, BN)      MobileNetV2's
 *     fused      Sequential(3x3 to e in, BN, ReLU6, 1x1 to out, BN)      one full convolution instead of two cheap ones
 *
 * The convolution with the stride is the depth-wise or the 3x3 one. A fused block's kernel is void: it is 3x3, as in
 * EfficientNetV2. Each kind has weights of its own, of which every width, expansion and kernel is a slice.
 */
import { batchNorm2d, conv2d, type Layer, relu6, residual, sequential } from "../layer/layer.js";
import type { NetworkSpace } from "../network/network-space.js";
import { ELASTIC_MOBILENET_SIZES } from "./elastic-mobilenet.js";
import { type ElasticStagesSizes, elasticStages, elasticStagesSchema } from "./elastic-stages.js";
import { type BlockSettings, invertedResidual } from "./inverted-residual.js";
import { withDefaults } from "./settings.js";

export type MixedMobileNetSizes = ElasticStagesSizes;

export const MIXED_MOBILENET_SIZES: MixedMobileNetSizes = ELASTIC_MOBILENET_SIZES;

export const mixedMobileNetSettings = withDefaults(elasticStagesSchema, MIXED_MOBILENET_SIZES);

/**
 * Creates the space.
 *
 * @param sizes default: `MIXED_MOBILENET_SIZES`
 * @throws UserError if a size is unknown or wrong
 */
export function mixedMobileNet(sizes: Partial<MixedMobileNetSizes> = {}): NetworkSpace {
  return elasticStages({
    name: "mixed-mobilenet",
    settings: mixedMobileNetSettings,
    sizes,
    kinds: { inverted: invertedResidual, fused: fusedInvertedResidual },
  });
}

/** 3x3 to `expansion * in` channels, 1x1 to `out`; batch-norms, ReLU6 after the first. */
function fusedInvertedResidual({ in: input, out, expansion, stride, shortcut }: BlockSettings): Layer {
  const body = sequential(
    ...[conv2d(expansion * input, 3, { stride }), batchNorm2d(), relu6()],
    ...[conv2d(out, 1), batchNorm2d()],
  );
  return shortcut ? residual(body) : body;
}
