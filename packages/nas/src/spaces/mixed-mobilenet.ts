/**
 * @module
 *
 * The mixed space, which combines choice blocks and slices. The decisions are width and depth of each stage, and kind,
 * kernel and expansion of each block.
 *
 * The space is supernet's own combination of published pieces. Stages, widths, depths, kernels and expansions are those
 * of `elastic-mobilenet.ts` (Cai et al., "Once-for-All", ICLR 2020). The two kinds of block are those of EfficientNetV2
 * (Tan and Le, ICML 2021, https://arxiv.org/abs/2104.00298).
 *
 * ## Network
 * The network is that of `elastic-mobilenet.ts`, with one more decision per block:
 *
 *     layers.<i>.<block>.block    inverted or fused
 *
 * ## Block
 * `in` and `out` are the block's channels, e its expansion and k its kernel. BN is a batch-norm. No convolution has a
 * bias.
 *
 *     inverted   Sequential(1x1 to e in, BN, ReLU6, depth-wise k x k, BN, ReLU6, 1x1 to out, BN)      MobileNetV2's
 *     fused      Sequential(3x3 to e in, BN, ReLU6, 1x1 to out, BN)      one full convolution instead of two cheap ones
 *
 * The depth-wise or the 3x3 convolution has the stride. A fused block is always 3x3, as in EfficientNetV2, so its
 * kernel is void. Each kind has separate weights, and every width, expansion and kernel is a slice of them.
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

/**
 * Creates a 3x3 convolution to `expansion * in` channels and a 1x1 to `out`, with batch-norms and ReLU6 after the
 * first.
 */
function fusedInvertedResidual({ in: input, out, expansion, stride, shortcut }: BlockSettings): Layer {
  const body = sequential(
    ...[conv2d(expansion * input, 3, { stride }), batchNorm2d(), relu6()],
    ...[conv2d(out, 1), batchNorm2d()],
  );
  return shortcut ? residual(body) : body;
}
