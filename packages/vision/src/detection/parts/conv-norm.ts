import { count, parseOptions, requireInteger } from "@supernet/base";
import { batchNorm2d, conv2d, groupNorm, type Layer, namedSequential } from "@supernet/nas";
import { buildLayer, fixedChannels } from "@supernet/nas/supernet";
import { nn, type Tensor } from "@supernet/torch";
import { z } from "zod";
import { type ConvStackSettings, convStackSchema, normSchema } from "../common.settings.js";
import { type DetectorLayers, type ModuleBuilder, plainModules } from "./detector-layers.js";

const convNormSchema = z.strictObject({
  norm: normSchema,
  /** Default: 1. */
  stride: count.default(1),
  /** Whether the convolution has a bias. Default: only without a norm. */
  bias: z.boolean().optional(),
});

export type ConvNormOptions = Readonly<z.input<typeof convNormSchema>>;

/**
 * Describes a convolution with padding, followed by a norm or with a bias. Its modules are `conv`, and `bn` or `gn`.
 *
 * @example
 * convNorm(64, 3, { norm: "group" }); // [N, C, H, W] to [N, 64, H, W]
 */
export function convNorm(out: number, kernel: number, options: ConvNormOptions): Layer {
  const { norm, stride, bias = norm === "none" } = parseOptions("convNorm", convNormSchema, options);
  const conv = conv2d(out, kernel, { stride, bias });
  if (norm === "batch") return namedSequential({ conv, bn: batchNorm2d() });
  return norm === "group" ? namedSequential({ conv, gn: groupNorm() }) : namedSequential({ conv });
}

/** Builds and initializes a convolution with a norm or a bias. See {@link convNorm}. */
export function buildConvNorm(
  inChannels: number,
  outChannels: number,
  kernel: number,
  options: ConvNormOptions,
): nn.Layer {
  requireInteger("buildConvNorm: inChannels", inChannels, { min: 1 });
  parseOptions("buildConvNorm", convNormSchema, options);
  return initConvNorm(
    buildLayer("conv", [convNorm(outChannels, kernel, options)], fixedChannels(inChannels)).module,
  );
}

/** Initializes the module of a {@link convNorm} as mmdet does: the uniform distribution of He et al., and no bias. */
export function initConvNorm(module: nn.Layer): nn.Layer {
  const conv = convOf(module);
  nn.init.kaimingUniform(conv.weight, { slope: 1 });
  if (conv.bias) nn.init.constant(conv.bias, 0);
  return module;
}

/** Returns the convolution of the module of a {@link convNorm}. */
export function convOf(module: nn.Module): nn.Conv2d {
  for (const [, inner] of module.namedModules()) if (inner instanceof nn.Conv2d) return inner;
  throw new RangeError("convOf: the module has no convolution");
}

/** Initializes the convolutions and linear layers in a module. A supernet may have several for one layer. */
export function initWeighted(
  module: nn.Module,
  { weight, bias = 0 }: { readonly weight: (tensor: nn.Parameter) => void; readonly bias?: number },
): void {
  for (const [, inner] of module.namedModules()) {
    if (!(inner instanceof nn.Conv2d || inner instanceof nn.Linear)) continue;
    weight(inner.weight);
    nn.init.constant(inner.bias!, bias);
  }
}

/** 3x3 convolutions with norm and ReLU at the start of a head. */
export class ConvStack extends nn.ModuleList<nn.Layer> {
  #depth: number;

  /** @param build returns the modules. Default: plain ones for the settings. */
  constructor(inChannels: number, settings: ConvStackSettings, build?: ModuleBuilder) {
    requireInteger("ConvStack: inChannels", inChannels, { min: 1 });
    const layers = convStackLayers(inChannels, parseOptions("ConvStack", convStackSchema, settings));
    const modules = build ?? plainModules(layers);
    super(Object.keys(layers).map((path) => initConvNorm(modules(path))));
    this.#depth = this.length;
  }

  /** Sets the number of convolutions that run. Default: all. */
  set depth(depth: number) {
    this.#depth = depth;
  }

  /** Maps [N, inChannels, H, W] to [N, outChannels, H, W]. */
  forward(x: Tensor): Tensor {
    let y = x;
    for (let i = 0; i < this.#depth; i++) y = this.forwardAt(i, y);
    return y;
  }

  /** Runs only the convolution at `index`. */
  forwardAt(index: number, x: Tensor): Tensor {
    return this.at(index)!.forward(x).relu_();
  }
}

/**
 * Describes the layers of a {@link ConvStack}.
 * @param options `bias`, as in {@link convNorm}
 */
export const convStackLayers = (
  inChannels: number,
  { convs, norm }: ConvStackSettings,
  options: Pick<ConvNormOptions, "bias"> = {},
): DetectorLayers =>
  Object.fromEntries(
    convs.map((channels, i) => [
      String(i),
      { layer: convNorm(channels, 3, { norm, ...options }), input: convs[i - 1] ?? inChannels },
    ]),
  );

/**
 * Returns the name of the weights of the layer after a {@link ConvStack}. Without convolutions, it reads features of another
 * kind, so it shares no weights with the layer after some.
 */
export const weightsAfterStack = ({ convs }: ConvStackSettings): string =>
  convs.length === 0 ? "direct" : "stacked";

/** Returns the number of channels that a {@link ConvStack} outputs. */
export const stackChannels = (inChannels: number, { convs }: ConvStackSettings): number =>
  convs.at(-1) ?? inChannels;
