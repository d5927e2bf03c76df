import { requireBoolean, requireInteger, requireOptions } from "@supernet/base";
import { empty, ops, type Tensor } from "../engine/index.js";
import { layerDefault } from "./init.js";
import { Module, type Parameter, parameter } from "./module.js";
import { type Pair, pair } from "./pair.js";

/** Options of a {@link Conv2d}. */
export interface Conv2dOptions {
  /** Default: 1. */
  stride?: Pair;
  /** Zeros added on each side. Default: 0. */
  padding?: Pair;
  /** Distance between kernel elements. Default: 1. */
  dilation?: Pair;
  /** Number of channel groups: `inChannels` for a depthwise convolution. Default: 1. */
  groups?: number;
  /** Whether to add a bias. Default: true. */
  bias?: boolean;
}

/**
 * 2D convolution (cross-correlation) from [N, inChannels, H, W] to [N, outChannels, H', W'] with
 * H' = floor((H + 2 padding - dilation (kernel - 1) - 1) / stride) + 1.
 *
 * @example
 * const conv = new nn.Conv2d(3, 64, 7, { stride: 2, padding: 3, bias: false });
 */
export class Conv2d extends Module {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly groups: number;
  /** [outChannels, inChannels / groups, kernel height, kernel width] */
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;

  constructor(inChannels: number, outChannels: number, kernelSize: Pair, options: Conv2dOptions = {}) {
    super();
    requireInteger("Conv2d: inChannels", inChannels, { min: 0 });
    requireInteger("Conv2d: outChannels", outChannels, { min: 0 });
    requireOptions<Conv2dOptions>("Conv2d", options, ["stride", "padding", "dilation", "groups", "bias"]);
    const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = options;
    requireInteger("Conv2d: groups", groups, { min: 1 });
    requireBoolean("Conv2d: bias", bias);
    if (inChannels % groups !== 0 || outChannels % groups !== 0) {
      throw new RangeError(
        `Conv2d: ${inChannels} and ${outChannels} channels cannot be divided into ${groups} groups`,
      );
    }
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernelSize = pair("Conv2d: kernelSize", kernelSize, 1);
    this.stride = pair("Conv2d: stride", stride, 1);
    this.padding = pair("Conv2d: padding", padding, 0);
    this.dilation = pair("Conv2d: dilation", dilation, 1);
    this.groups = groups;
    const weight = empty([outChannels, inChannels / groups, ...this.kernelSize]);
    const offset = bias ? empty([outChannels]) : undefined;
    layerDefault(weight, offset);
    this.weight = parameter(weight);
    this.bias = offset && parameter(offset);
  }

  forward(x: Tensor): Tensor {
    return ops.conv2d(x, this.weight, this.bias, this.stride, this.padding, this.dilation, this.groups);
  }
}
