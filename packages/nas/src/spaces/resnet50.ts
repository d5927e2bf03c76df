/**
 * @module
 *
 * ResNet-50 (He et al., "Deep Residual Learning", CVPR 2016, https://arxiv.org/abs/1512.03385) with an elastic depth, as
 * that of Cai et al., "Once-for-All", ICLR 2020, https://arxiv.org/abs/1908.09791: a stage keeps its first blocks, and
 * skips those beyond the chosen depth.
 *
 * ## Network
 * `conv(k, n, s)` is a k x k convolution to n channels with stride s and padding floor(k/2). No convolution has a bias.
 *
 *     stem            Sequential(conv(7, stem, 2), BN, ReLU, max pool 3x3 stride 2)
 *     layers.0-3.<i>  stage of up to max(depths) blocks; its first has stride 1, 2, 2, 2 and a projection, the others 1
 *     fc              Linear(channels[3], classes), with bias, on the mean over height and width      classifier only
 *
 * The backbone's maps are the outputs of the stages: strides 4, 8, 16, 32.
 *
 * ## Block
 *     0  residual
 *          body      0 conv(1, b, 1)   1 BN  2 ReLU  3 conv(3, b, s)   4 BN  5 ReLU  6 conv(1, channels, 1)   7 BN
 *          shortcut  0 conv(1, channels, s)   1 BN      first block of a stage only
 *     1  ReLU
 *
 * `b` is the stage's number of bottleneck channels. The stride is in the 3x3 convolution, as in torchvision. The largest
 * subnet at the default sizes is torchvision's `resnet50`. With 23 blocks in the third stage it is `resnet101`, with
 * bottlenecks of twice the width `wide_resnet50_2`.
 */
import { count, type Immutable, parseOptions } from "@supernet/base";
import { z } from "zod";
import {
  batchNorm2d,
  conv2d,
  globalAveragePool,
  identity,
  type Layer,
  maxPool2d,
  relu,
  residual,
  sequential,
} from "../layer/layer.js";
import { fixedPart, type Part } from "../layer/part.js";
import { defineSpace } from "../network/define-space.js";
import type { NetworkSpace } from "../network/network-space.js";
import type { Decision } from "../space/space.js";
import { type Axis, axisBuilder } from "./axis.js";
import { withDefaults } from "./settings.js";

const STAGE_STRIDES = [1, 2, 2, 2] as const;

const perStage = z.array(count).length(STAGE_STRIDES.length);

const sizesSchema = z.strictObject({
  stem: count.describe("Output channels of the first 7x7 convolution, which has stride 2."),
  depths: z
    .array(z.array(count).min(1))
    .length(STAGE_STRIDES.length)
    .describe("Choices for the number of blocks of each of the four stages."),
  bottlenecks: perStage.describe("Channels of the 3x3 convolutions of each of the four stages."),
  channels: perStage.describe("Output channels of each of the four stages."),
});

export type ResNet50Sizes = Immutable<z.output<typeof sizesSchema>>;

/** Sizes of ResNet-50, whose stages keep at least two blocks. */
export const RESNET50_SIZES: ResNet50Sizes = {
  stem: 64,
  depths: [
    [3, 2],
    [4, 3, 2],
    [6, 5, 4, 3, 2],
    [3, 2],
  ],
  bottlenecks: [64, 128, 256, 512],
  channels: [256, 512, 1024, 2048],
};

export const resNet50Settings = withDefaults(sizesSchema, RESNET50_SIZES);

/**
 * Creates the space, with one decision per stage: `stages.0.depth` and so on. A stage with a single depth has none.
 *
 * @example
 * const space = resNet50({ depths: [[3, 2, 1], [4, 2], [6, 4, 2], [3, 2, 1]] });
 * @param sizes default: `RESNET50_SIZES`
 * @throws UserError if a size is unknown or wrong
 */
export function resNet50(sizes: Partial<ResNet50Sizes> = {}): NetworkSpace {
  const name = "resnet50";
  const { stem, depths, bottlenecks, channels } = parseOptions(name, resNet50Settings, sizes);
  const decisions: Decision[] = [];
  const axis = axisBuilder(decisions);
  const stages = STAGE_STRIDES.map((stride, stage) => {
    const choices = depths[stage]!;
    const depth = axis(`stages.${stage}.depth`, choices);
    const sizes = { bottleneck: bottlenecks[stage]!, out: channels[stage]! };
    return Array.from({ length: Math.max(...choices) }, (_, i): Part => {
      const layer = bottleneckBlock({ ...sizes, ...(i === 0 ? { projection: { stride } } : {}) });
      const path = `layers.${stage}.${i}`;
      return i < Math.min(...choices) ? fixedPart(path, layer) : optionalPart(path, layer, i, depth);
    });
  });
  const stemLayers = [conv2d(stem, 7, { stride: 2 }), batchNorm2d(), relu(), maxPool2d(3, { stride: 2 })];
  return defineSpace({
    name,
    decisions,
    backbone: [fixedPart("stem", sequential(...stemLayers)), ...stages.flat()],
    maps: stages.map((parts, stage) => ({ part: parts.at(-1)!.name, stride: 2 ** (stage + 2) })),
    tail: [fixedPart("pool", globalAveragePool())],
  });
}

/** Returns block `index` of a stage, which smaller depths skip. */
function optionalPart(name: string, layer: Layer, index: number, depth: Axis): Part {
  return {
    name,
    decisions: depth.decisions,
    layer: (choices) => (depth.of(choices) > index ? layer : identity()),
    sharing: "entangled",
  };
}

interface BlockConfig {
  /** Channels of the 3x3 convolution. */
  readonly bottleneck: number;
  readonly out: number;
  /** Present in the first block of a stage, whose shortcut is a 1x1 convolution. */
  readonly projection?: { readonly stride: number };
}

function bottleneckBlock({ bottleneck, out, projection }: BlockConfig): Layer {
  const stride = projection?.stride ?? 1;
  const body = sequential(
    ...[conv2d(bottleneck, 1), batchNorm2d(), relu()],
    ...[conv2d(bottleneck, 3, { stride }), batchNorm2d(), relu()],
    ...[conv2d(out, 1), batchNorm2d()],
  );
  const shortcut = projection && sequential(conv2d(out, 1, { stride }), batchNorm2d());
  return sequential(residual(body, shortcut && { shortcut }), relu());
}
