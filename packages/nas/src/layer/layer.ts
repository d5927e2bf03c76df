import { count, parseOptions, requireObject, requireString } from "@supernet/base";
import { z } from "zod";
import { layerWithoutOptions, requireCounts, requireLayers } from "./require.js";
import type { TokenLayer } from "./token-layer.js";

/**
 * A layer as plain data. Three interpreters read it: `estimateLayer` (shapes and cost, no tensor), `buildLayer` (a
 * module on the engine) and `exportLayer` (nodes of an ONNX graph), so that a network is described once.
 */
export type Layer =
  | Convolution
  | DepthwiseConvolution
  | Linear
  | Sequential
  | Residual
  | Concat
  | SplitShuffle
  | TokenLayer
  /** Affine batch-norm over the channels of a map. */
  | { readonly kind: "batch-norm" }
  | { readonly kind: "relu" }
  | { readonly kind: "relu6" }
  /** Mean over height and width: `[channels, h, w] -> [channels]`. */
  | { readonly kind: "global-pool" }
  /** What comes in: a block that is left out. */
  | { readonly kind: "identity" };

export interface Convolution extends WindowSettings {
  readonly kind: "conv";
  /** Output channels. */
  readonly out: number;
  readonly groups: number;
}

/** One kernel a channel: as many channels come out as come in. */
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

/** `[..., in] -> [..., out]`. */
export interface Linear {
  readonly kind: "linear";
  readonly out: number;
  readonly bias: boolean;
}

export interface Sequential {
  readonly kind: "sequential";
  readonly layers: readonly Layer[];
}

export interface Residual {
  readonly kind: "residual";
  readonly body: Layer;
  /** Factor on what the body outputs; 1 where it is absent. */
  readonly scale?: number;
}

export interface Concat {
  readonly kind: "concat";
  readonly branches: Readonly<Record<string, Layer>>;
}

export interface SplitShuffle {
  readonly kind: "split-shuffle";
  readonly name: string;
  readonly body: Layer;
}

export interface ConvolutionOptions {
  /** 1 unless told. */
  readonly stride?: number;
  /** `floor(kernel / 2)` unless told, which keeps the size at stride 1. */
  readonly padding?: number;
  /** False unless told: a batch-norm follows. */
  readonly bias?: boolean;
}

const windowOptions = z.strictObject({
  stride: count.optional(),
  padding: z.int().min(0).optional(),
  bias: z.boolean().optional(),
});
const convolutionOptions = windowOptions.extend({ groups: count.optional() });
const linearOptions = z.strictObject({ bias: z.boolean().optional() });
const residualOptions = z.strictObject({ scale: z.number().optional() });

/** `[in, h, w] -> [out, floor((h + 2 padding - kernel) / stride) + 1, ...]`. */
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

/** A depth-wise convolution, with as many channels as come in. */
export function depthwiseConv2d(kernel: number, options: ConvolutionOptions = {}): DepthwiseConvolution {
  requireCounts("depthwiseConv2d", { kernel });
  parseOptions("depthwiseConv2d", windowOptions, options);
  const { stride = 1, padding = kernel >> 1, bias = false } = options;
  return { kind: "depthwise-conv", kernel, stride, padding, bias };
}

export const batchNorm2d = layerWithoutOptions<Layer>("batchNorm2d", { kind: "batch-norm" });
export const relu = layerWithoutOptions<Layer>("relu", { kind: "relu" });
export const relu6 = layerWithoutOptions<Layer>("relu6", { kind: "relu6" });
export const globalAveragePool = layerWithoutOptions<Layer>("globalAveragePool", { kind: "global-pool" });
export const identity = layerWithoutOptions<Layer>("identity", { kind: "identity" });

export function linear(out: number, options: { bias?: boolean } = {}): Layer {
  requireCounts("linear", { out });
  parseOptions("linear", linearOptions, options);
  const { bias = true } = options;
  return { kind: "linear", out, bias };
}

/** Layers one after the other, named "0", "1", ... */
export function sequential(...layers: readonly Layer[]): Layer {
  requireLayers("sequential", layers);
  return { kind: "sequential", layers };
}

/** The input added to `scale` times what `body`, which keeps the shape, makes of it; the body's name is "body". */
export function residual(body: Layer, options: { scale?: number } = {}): Layer {
  requireLayers("residual", { body });
  parseOptions("residual", residualOptions, options);
  const { scale = 1 } = options;
  return scale === 1 ? { kind: "residual", body } : { kind: "residual", body, scale };
}

/** Branches that all see the input, under their names; their outputs' channels one after the other. */
export function concat(branches: Readonly<Record<string, Layer>>): Layer {
  requireObject("concat: branches", branches);
  requireLayers("concat", branches);
  return { kind: "concat", branches };
}

/**
 * ShuffleNetV2's stride-1 block (Ma et al., "ShuffleNet V2", ECCV 2018): channels are interleaved in two groups and
 * halved; the even ones pass, followed by what `body`, under its name, makes of the odd ones.
 */
export function splitShuffle(name: string, body: Layer): Layer {
  requireString("splitShuffle: name", name);
  requireLayers("splitShuffle", { body });
  return { kind: "split-shuffle", name, body };
}

/** How many channels (of a map) or features (of a vector or token) a layer outputs for so many that come in. */
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
    case "split-shuffle":
      return input / 2 + outputChannels(layer.body, input / 2);
    default:
      return input;
  }
}
