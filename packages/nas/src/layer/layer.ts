import { count, parseOptions, requireObject, requireString, UserError } from "@supernet/base";
import { z } from "zod";
import { layerWithoutOptions, requireCounts, requireLayers } from "./require.js";
import type { TokenLayer } from "./token-layer.js";

/**
 * A layer as plain data. A network is described once and read in three ways: `estimateLayer` computes shapes and costs
 * without tensors, `buildLayer` creates a module, and `exportLayer` creates nodes of an ONNX graph.
 */
export type Layer =
  | Convolution
  | DepthwiseConvolution
  | Linear
  | Sequential
  | Residual
  | Concat
  | SplitShuffle
  | Pooling
  | SqueezeExcitation
  | TokenLayer
  | { readonly kind: Activation | Gate }
  /** Affine batch-norm over the channels of a map. */
  | { readonly kind: "batch-norm" }
  /**
   * Affine group-norm over the channels of a map, in as many groups as `normGroups` returns. Wu and He, 2018,
   * https://arxiv.org/abs/1803.08494.
   */
  | { readonly kind: "group-norm" }
  /** Mean over height and width: `[channels, h, w] -> [channels]`. */
  | { readonly kind: "global-pool" }
  /** Returns its input. It replaces a block that a subnet omits. */
  | { readonly kind: "identity" };

export interface Convolution extends WindowSettings {
  readonly kind: "conv";
  /** Output channels. */
  readonly out: number;
  readonly groups: number;
}

/** One kernel per channel, with as many output channels as input channels. */
export interface DepthwiseConvolution extends WindowSettings {
  readonly kind: "depthwise-conv";
}

interface WindowSettings {
  /** Side of the square kernel. */
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly bias: boolean;
}

/** Shape: `[..., in] -> [..., out]`. */
export interface Linear {
  readonly kind: "linear";
  readonly out: number;
  readonly bias: boolean;
}

export interface Sequential {
  readonly kind: "sequential";
  readonly layers: readonly Layer[];
  /** Names of the layers' modules. Default: "0", "1", ... */
  readonly names?: readonly string[];
}

export interface Residual {
  readonly kind: "residual";
  readonly body: Layer;
  /** Factor for the output of the body. Default: 1. */
  readonly scale?: number;
  /** Layer through which the input passes before it is added. Default: none. */
  readonly shortcut?: Layer;
}

export interface Concat {
  readonly kind: "concat";
  readonly branches: Readonly<Record<string, Layer>>;
  /** Whether the channels of the output are shuffled in two groups. Default: false. */
  readonly shuffle?: true;
}

export interface SplitShuffle {
  readonly kind: "split-shuffle";
  readonly name: string;
  readonly body: Layer;
  /** Where the channels are shuffled. Default: "split". */
  readonly shuffle?: Exclude<ShufflePlace, "split">;
}

/** Maximum or mean of each window of a map. The zeros of the padding count in a mean. */
export interface Pooling {
  readonly kind: "max-pool" | "avg-pool";
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Activation function of each element. */
export type Activation = "relu" | "relu6" | "silu" | "hardswish";

/** Function of each element whose results are between 0 and 1. */
export type Gate = "sigmoid" | "hardsigmoid";

/** Factor for each channel of a map, computed from its mean by two 1x1 convolutions with bias, "fc1" and "fc2". */
export interface SqueezeExcitation {
  readonly kind: "squeeze-excitation";
  /** Channels between the convolutions. */
  readonly squeezed: number;
  /** Function after the first convolution. */
  readonly activation: Activation;
  /** Function after the second convolution. */
  readonly gate: Gate;
}

/**
 * Where a `splitShuffle` shuffles its channels in two groups, so that channel `i` of each half becomes neighbor `2 i` or
 * `2 i + 1` of the other:
 *
 * - `split`: the split shuffles: the even channels pass, the odd ones go through the body.
 * - `input`: the input is shuffled, then its first half passes, and the second goes through the body.
 * - `output`: the first half passes, the second goes through the body, and the concatenation is shuffled.
 */
export type ShufflePlace = "split" | "input" | "output";

export interface ConvolutionOptions {
  /** Default: 1. */
  readonly stride?: number;
  /** Default: `floor(kernel / 2)`, which keeps the size at stride 1 if the kernel is odd. */
  readonly padding?: number;
  /** Default: false, because a batch-norm usually follows. */
  readonly bias?: boolean;
}

const windowOptions = z.strictObject({
  stride: count.optional(),
  padding: z.int().min(0).optional(),
  bias: z.boolean().optional(),
});
const poolingOptions = windowOptions.omit({ bias: true });
const gateOptions = z.strictObject({
  activation: z.enum(["relu", "relu6", "silu", "hardswish"]).optional(),
  gate: z.enum(["sigmoid", "hardsigmoid"]).optional(),
});
const convolutionOptions = windowOptions.extend({ groups: count.optional() });
const linearOptions = z.strictObject({ bias: z.boolean().optional() });
const residualOptions = z.strictObject({
  scale: z.number().optional(),
  shortcut: z.looseObject({}).optional(),
});
const concatOptions = z.strictObject({ shuffle: z.boolean().optional() });
const splitOptions = z.strictObject({ shuffle: z.enum(["split", "input", "output"]).optional() });

/**
 * Creates a 2-d convolution. Shape: `[in, h, w] -> [out, floor((h + 2 padding - kernel) / stride) + 1, ...]`.
 *
 * @example
 * conv2d(16, 3, { stride: 2 }); // [3, 224, 224] -> [16, 112, 112]
 * @throws UserError if a size or an option is wrong
 */
export function conv2d(
  out: number,
  kernel: number,
  options: ConvolutionOptions & { groups?: number } = {},
): Convolution {
  requireCounts("conv2d", { out, kernel });
  parseOptions("conv2d", convolutionOptions, options);
  const { stride = 1, padding = kernel >> 1, bias = false, groups = 1 } = options;
  return { kind: "conv", out, kernel, stride, padding, bias, groups };
}

/**
 * Creates a depth-wise convolution, which has as many output channels as input channels.
 *
 * @throws UserError if a size or an option is wrong
 */
export function depthwiseConv2d(kernel: number, options: ConvolutionOptions = {}): DepthwiseConvolution {
  requireCounts("depthwiseConv2d", { kernel });
  parseOptions("depthwiseConv2d", windowOptions, options);
  const { stride = 1, padding = kernel >> 1, bias = false } = options;
  return { kind: "depthwise-conv", kernel, stride, padding, bias };
}

/** Creates an affine batch-norm over the channels of a map. */
export const batchNorm2d = layerWithoutOptions<Layer>("batchNorm2d", { kind: "batch-norm" });
/** Creates an affine group-norm over the channels of a map, in as many groups as `normGroups` returns. */
export const groupNorm = layerWithoutOptions<Layer>("groupNorm", { kind: "group-norm" });
/** Creates a ReLU. */
export const relu = layerWithoutOptions<Layer>("relu", { kind: "relu" });
/** Creates a ReLU6, which clips to 0 to 6. */
export const relu6 = layerWithoutOptions<Layer>("relu6", { kind: "relu6" });
/** Creates a SiLU (swish): x / (1 + exp(-x)). */
export const silu = layerWithoutOptions<Layer>("silu", { kind: "silu" });
/** Creates a hard swish, MobileNetV3's activation function: x min(max(x + 3, 0), 6) / 6. */
export const hardswish = layerWithoutOptions<Layer>("hardswish", { kind: "hardswish" });
/** Creates a sigmoid: 1 / (1 + exp(-x)). */
export const sigmoid = layerWithoutOptions<Layer>("sigmoid", { kind: "sigmoid" });
/** Creates a hard sigmoid: min(max(x + 3, 0), 6) / 6. */
export const hardsigmoid = layerWithoutOptions<Layer>("hardsigmoid", { kind: "hardsigmoid" });
/** Creates the mean over height and width. Shape: `[channels, h, w] -> [channels]`. */
export const globalAveragePool = layerWithoutOptions<Layer>("globalAveragePool", { kind: "global-pool" });
/** Creates a layer that returns its input. */
export const identity = layerWithoutOptions<Layer>("identity", { kind: "identity" });

/** Options of a pooling layer. The defaults are those of `conv2d`: by default, the size of the map is kept. */
export type PoolingOptions = Omit<ConvolutionOptions, "bias">;

/**
 * Creates the maximum of each window of a map. Shape: `[c, h, w] -> [c, floor((h + 2 padding - kernel) / stride) + 1, ...]`.
 *
 * @throws UserError if a size or an option is wrong, or the padding is above half of the kernel
 */
export const maxPool2d = (kernel: number, options: PoolingOptions = {}): Layer =>
  pooling("maxPool2d", "max-pool", { ...options, kernel });

/**
 * Creates the mean of each window of a map, in which the zeros of the padding count. Shape as of `maxPool2d`.
 *
 * @throws UserError if a size or an option is wrong, or the padding is above half of the kernel
 */
export const avgPool2d = (kernel: number, options: PoolingOptions = {}): Layer =>
  pooling("avgPool2d", "avg-pool", { ...options, kernel });

function pooling(
  name: string,
  kind: Pooling["kind"],
  given: PoolingOptions & { readonly kernel: number },
): Layer {
  const { kernel, ...options } = given;
  requireCounts(name, { kernel });
  parseOptions(name, poolingOptions, options);
  const { stride = 1, padding = kernel >> 1 } = options;
  if (2 * padding > kernel)
    throw new UserError(
      `${name}: padding is ${padding}; expected at most half of the kernel, ${kernel >> 1}`,
    );
  return { kind, kernel, stride, padding };
}

/**
 * Creates a squeeze-and-excitation (Hu et al., CVPR 2018, https://arxiv.org/abs/1709.01507): multiplies each channel of a
 * map by a factor between 0 and 1. The factors are computed from the means of all channels: a 1x1 convolution to
 * `squeezed` channels, `activation`, a 1x1 convolution back, `gate`. Names and formula are torchvision's.
 *
 * @param squeezed channels between the convolutions, such as a quarter of the input
 * @param options `activation`: "relu" (default), "relu6", "silu" or "hardswish"; `gate`: "sigmoid" (default) or
 *   "hardsigmoid", which MobileNetV3 has
 * @throws UserError if a size or an option is wrong
 */
export function squeezeExcitation(
  squeezed: number,
  options: { activation?: Activation; gate?: Gate } = {},
): Layer {
  requireCounts("squeezeExcitation", { squeezed });
  const { activation = "relu", gate = "sigmoid" } = parseOptions("squeezeExcitation", gateOptions, options);
  return { kind: "squeeze-excitation", squeezed, activation, gate };
}

/**
 * Creates a linear layer. Shape: `[..., in] -> [..., out]`.
 *
 * @param options `bias`, default: true
 * @throws UserError if a size or an option is wrong
 */
export function linear(out: number, options: { bias?: boolean } = {}): Layer {
  requireCounts("linear", { out });
  parseOptions("linear", linearOptions, options);
  const { bias = true } = options;
  return { kind: "linear", out, bias };
}

/**
 * Creates a sequence of layers, named "0", "1", ...
 *
 * @example
 * const block = sequential(conv2d(16, 3), batchNorm2d(), relu());
 */
export function sequential(...layers: readonly Layer[]): Layer {
  requireLayers("sequential", layers);
  return { kind: "sequential", layers };
}

/**
 * Creates a sequence of layers whose modules have names.
 *
 * @example
 * const block = namedSequential({ conv: conv2d(16, 3), bn: batchNorm2d(), relu: relu() });
 */
export function namedSequential(layers: Readonly<Record<string, Layer>>): Layer {
  requireObject("namedSequential: layers", layers);
  requireLayers("namedSequential", layers);
  return { kind: "sequential", layers: Object.values(layers), names: Object.keys(layers) };
}

/** Maximum number of groups of a group-norm. */
const MAX_GROUPS = 32;

/** Returns the number of groups of a group-norm: the largest power of two up to 32 that divides the channels. */
export function normGroups(channels: number): number {
  requireCounts("normGroups", { channels });
  let groups = MAX_GROUPS;
  while (channels % groups !== 0) groups /= 2;
  return groups;
}

/**
 * Creates a residual layer: `shortcut(input) + scale * body(input)`. Both summands have the same shape. The layers' names
 * are "body" and "shortcut".
 *
 * @example
 * // Halves the map and doubles its 32 channels, as the first block of a ResNet's stage does.
 * residual(sequential(conv2d(64, 3, { stride: 2 }), batchNorm2d()), {
 *   shortcut: sequential(conv2d(64, 1, { stride: 2 }), batchNorm2d()),
 * });
 * @param options `scale`, default: 1; `shortcut`, default: the input itself
 */
export function residual(body: Layer, options: { scale?: number; shortcut?: Layer } = {}): Layer {
  requireLayers("residual", { body });
  parseOptions("residual", residualOptions, options);
  const { scale = 1, shortcut } = options;
  if (shortcut !== undefined) requireLayers("residual", { shortcut });
  return { kind: "residual", body, ...(scale === 1 ? {} : { scale }), ...(shortcut && { shortcut }) };
}

/**
 * Creates branches that all receive the input, and concatenates their outputs by channels.
 *
 * @param branches by name
 * @param options `shuffle`: whether the output's channels are shuffled in two groups, so an even number; default: false
 */
export function concat(
  branches: Readonly<Record<string, Layer>>,
  options: { shuffle?: boolean } = {},
): Layer {
  requireObject("concat: branches", branches);
  requireLayers("concat", branches);
  const { shuffle = false } = parseOptions("concat", concatOptions, options);
  return { kind: "concat", branches, ...(shuffle ? { shuffle } : {}) };
}

/**
 * Creates ShuffleNetV2's stride-1 block (Ma et al., "ShuffleNet V2", ECCV 2018, https://arxiv.org/abs/1807.11164). Half
 * of the channels pass unchanged. The other half go through `body`, whose output is appended. By default the even
 * channels pass, which is the shuffle.
 *
 * @param name name of the body
 * @param options `shuffle`: where the channels are shuffled, see `ShufflePlace`; default: "split"
 */
export function splitShuffle(name: string, body: Layer, options: { shuffle?: ShufflePlace } = {}): Layer {
  requireString("splitShuffle: name", name);
  requireLayers("splitShuffle", { body });
  const { shuffle = "split" } = parseOptions("splitShuffle", splitOptions, options);
  return { kind: "split-shuffle", name, body, ...(shuffle === "split" ? {} : { shuffle }) };
}

/**
 * Returns the number of channels (of a map) or features (of a vector or token) that a layer outputs for `input` of
 * them.
 */
export function outputChannels(layer: Layer, input: number): number {
  requireLayers("outputChannels", { layer });
  switch (layer.kind) {
    case "conv":
    case "linear":
    case "patch-embedding":
      return layer.out;
    case "sequential":
      return layer.layers.reduce((channels, inner) => outputChannels(inner, channels), input);
    case "concat":
      return Object.values(layer.branches).reduce((sum, inner) => sum + outputChannels(inner, input), 0);
    case "residual":
      return layer.shortcut ? outputChannels(layer.shortcut, input) : input;
    case "split-shuffle":
      return input / 2 + outputChannels(layer.body, input / 2);
    default:
      return input;
  }
}
