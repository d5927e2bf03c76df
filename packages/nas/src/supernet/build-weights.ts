import { nn } from "@supernet/torch";
import type { Layer } from "../layer/layer.js";
import {
  agreed,
  type Built,
  type Channels,
  type LayerOf,
  mismatch,
  ofKind,
  span,
  varies,
} from "./candidates.js";
import { type ConvolutionSize, ElasticBatchNorm2d, ElasticConv2d, ElasticLinear } from "./elastic.js";

type AnyConvolution = LayerOf<"conv"> | LayerOf<"depthwise-conv">;

/** Convolutions, all ordinary or all depth-wise. */
export function buildConvolution(path: string, all: readonly AnyConvolution[], input: Channels): Built {
  const sizes = all.map((layer) => sizeOf(layer, input.most));
  const largest = sizes.reduce((a, b) => (b.kernel > a.kernel ? b : a));
  const output = all[0]!.kind === "conv" ? span(sizes.map((size) => size.output)) : input;
  const options = {
    stride: agreed(
      path,
      "stride",
      all.map(({ stride }) => stride),
    ),
    bias: agreed(
      path,
      "bias",
      all.map(({ bias }) => bias),
    ),
    groups: agreed(
      path,
      "groups",
      sizes.map(({ groups }) => groups),
    ),
    padding: largest.padding,
  };
  if (all.length === 1 && !varies(input)) {
    return { module: new nn.Conv2d(input.most, output.most, largest.kernel, options), output };
  }
  if (sizes.some(({ kernel }) => (largest.kernel - kernel) % 2 !== 0)) {
    throw mismatch(path, "even and odd kernels");
  }
  if (all[0]!.kind === "conv" && options.groups > 1 && (varies(input) || varies(output))) {
    throw mismatch(path, "channels of a grouped convolution");
  }
  const module = new ElasticConv2d(input.most, output.most, largest.kernel, options);
  const activate = (layer: Layer, channels: number) =>
    module.resize(sizeOf(ofKind(path, layer, all[0]!.kind), channels));
  return { module, output, activate };
}

function sizeOf(layer: AnyConvolution, channels: number): ConvolutionSize {
  const { kernel, padding } = layer;
  return layer.kind === "conv"
    ? { input: channels, output: layer.out, kernel, padding, groups: layer.groups }
    : { input: channels, output: channels, kernel, padding, groups: channels };
}

export function buildBatchNorm(input: Channels): Built {
  if (!varies(input)) return { module: new nn.BatchNorm2d(input.most), output: input };
  const module = new ElasticBatchNorm2d(input.most);
  return { module, output: input, activate: (_, channels) => module.resize(channels) };
}

export function buildLinear(path: string, all: readonly LayerOf<"linear">[], input: Channels): Built {
  const output = span(all.map(({ out }) => out));
  const bias = agreed(
    path,
    "bias",
    all.map((layer) => layer.bias),
  );
  if (!varies(input) && !varies(output)) {
    return { module: new nn.Linear(input.most, output.most, { bias }), output };
  }
  const module = new ElasticLinear(input.most, output.most, { bias });
  const activate = (layer: Layer, channels: number) =>
    module.resize(channels, ofKind(path, layer, "linear").out);
  return { module, output, activate };
}
