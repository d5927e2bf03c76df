import { requireBoolean, requireOptions } from "@supernet/base";
import { ops, type Tensor } from "../engine/index.js";
import { Module } from "./module.js";
import { type Pair, pair } from "./pair.js";

/** Options of a {@link MaxPool2d}. */
export interface MaxPool2dOptions {
  /** Default: the kernel size. */
  stride?: Pair;
  /** Default: 0. */
  padding?: Pair;
  /** Default: 1. */
  dilation?: Pair;
  /** Whether to round the output size up instead of down. Default: false. */
  ceilMode?: boolean;
}

/** Computes the maximum of each window of [N, C, H, W]. */
export class MaxPool2d extends Module {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly ceilMode: boolean;

  constructor(kernelSize: Pair, options: MaxPool2dOptions = {}) {
    super();
    requireOptions<MaxPool2dOptions>("MaxPool2d", options, ["stride", "padding", "dilation", "ceilMode"]);
    this.kernelSize = pair("MaxPool2d: kernelSize", kernelSize, 1);
    this.stride = pair("MaxPool2d: stride", options.stride ?? kernelSize, 1);
    this.padding = pair("MaxPool2d: padding", options.padding ?? 0, 0);
    this.dilation = pair("MaxPool2d: dilation", options.dilation ?? 1, 1);
    this.ceilMode = options.ceilMode ?? false;
    requireBoolean("MaxPool2d: ceilMode", this.ceilMode);
  }

  forward(x: Tensor): Tensor {
    return ops.maxPool2d(x, this.kernelSize, this.stride, this.padding, this.dilation, this.ceilMode);
  }
}

/** Options of an {@link AvgPool2d}. */
export interface AvgPool2dOptions {
  /** Default: the kernel size. */
  stride?: Pair;
  /** Default: 0. */
  padding?: Pair;
  /** Whether to round the output size up instead of down. Default: false. */
  ceilMode?: boolean;
  /** Whether the padding's zeros count in the mean. Default: true. */
  countIncludePad?: boolean;
}

/** Computes the mean of each window of [N, C, H, W]. */
export class AvgPool2d extends Module {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;

  constructor(kernelSize: Pair, options: AvgPool2dOptions = {}) {
    super();
    requireOptions<AvgPool2dOptions>("AvgPool2d", options, [
      "stride",
      "padding",
      "ceilMode",
      "countIncludePad",
    ]);
    this.kernelSize = pair("AvgPool2d: kernelSize", kernelSize, 1);
    this.stride = pair("AvgPool2d: stride", options.stride ?? kernelSize, 1);
    this.padding = pair("AvgPool2d: padding", options.padding ?? 0, 0);
    this.ceilMode = options.ceilMode ?? false;
    requireBoolean("AvgPool2d: ceilMode", this.ceilMode);
    this.countIncludePad = options.countIncludePad ?? true;
    requireBoolean("AvgPool2d: countIncludePad", this.countIncludePad);
  }

  forward(x: Tensor): Tensor {
    return ops.avgPool2d(x, this.kernelSize, this.stride, this.padding, this.ceilMode, this.countIncludePad);
  }
}

/** Computes means over windows chosen so that the output has `outputSize`: [N, C, H, W] to [N, C, H', W']. */
export class AdaptiveAvgPool2d extends Module {
  readonly outputSize: readonly [number, number];

  constructor(outputSize: Pair) {
    super();
    this.outputSize = pair("AdaptiveAvgPool2d: outputSize", outputSize, 1);
  }

  forward(x: Tensor): Tensor {
    return ops.adaptiveAvgPool2d(x, this.outputSize);
  }
}
