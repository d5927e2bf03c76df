/**
 * @module
 *
 * Blocks and sizes shared by the spaces of inverted residuals (Sandler et al., "MobileNetV2", CVPR 2018,
 * https://arxiv.org/abs/1801.04381).
 */
import { count } from "@supernet/base";
import {
  batchNorm2d,
  conv2d,
  depthwiseConv2d,
  globalAveragePool,
  type Layer,
  relu6,
  residual,
  sequential,
} from "../layer/layer.js";
import { fixedPart, type Part } from "../layer/part.js";
import type { FeatureMap } from "../network/network-space.js";

/** Strides of the first block of each searched stage, 1 to 6. */
export const STAGE_STRIDES = [2, 2, 2, 1, 2, 1] as const;

/** Sizes that the spaces of inverted residuals share. */
export const mobileShape = {
  stem: count.describe("Output channels of the first 3x3 convolution, which has stride 2."),
  first: count.describe("Output channels of the first block, which is not searched."),
  last: count.describe("Output channels of the last 1x1 convolution, before the classifier."),
};

export interface BlockSettings {
  readonly in: number;
  readonly out: number;
  readonly kernel: number;
  /** Channels of the depth-wise convolution, in multiples of `in`. */
  readonly expansion: number;
  readonly stride: number;
  /** Whether the input is added to the output. */
  readonly shortcut: boolean;
}

/**
 * Creates a 1x1 convolution to `expansion * in` channels, a depth-wise k x k one and a 1x1 to `out`. Each has a
 * batch-norm, and the first two have a ReLU6.
 */
export function invertedResidual(settings: BlockSettings): Layer {
  const { in: input, out, kernel, expansion, stride, shortcut } = settings;
  const expand = expansion === 1 ? [] : [conv2d(expansion * input, 1), batchNorm2d(), relu6()];
  const body = sequential(
    ...expand,
    ...[depthwiseConv2d(kernel, { stride }), batchNorm2d(), relu6()],
    ...[conv2d(out, 1), batchNorm2d()],
  );
  return shortcut ? residual(body) : body;
}

/** Returns the first convolution, and the only block that is not searched. */
export function firstParts(stem: number, first: number): Part[] {
  const block = { in: stem, out: first, kernel: 3, expansion: 1, stride: 1, shortcut: false };
  return [
    fixedPart("stem", sequential(conv2d(stem, 3, { stride: 2 }), batchNorm2d(), relu6())),
    fixedPart("layers.0.0", invertedResidual(block)),
  ];
}

/** Returns the last convolution and the pooling. */
export function tailParts(last: number): Part[] {
  return [
    fixedPart("last_conv", sequential(conv2d(last, 1), batchNorm2d(), relu6())),
    fixedPart("pool", globalAveragePool()),
  ];
}

/** Returns the maps at strides 4, 8, 16 and 32: the output of the last part of stages 1 to 6 with each stride. */
export function mapsAfter(stages: readonly (readonly Part[])[]): FeatureMap[] {
  return [
    { stage: 1, stride: 4 },
    { stage: 2, stride: 8 },
    { stage: 4, stride: 16 },
    { stage: 6, stride: 32 },
  ].map(({ stage, stride }) => ({ part: stages[stage - 1]!.at(-1)!.name, stride }));
}
