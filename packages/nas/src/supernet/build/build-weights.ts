import { nn } from "@supernet/torch";
import { type Layer, normGroups } from "../../layer/layer.js";
import {
  type ConvolutionSize,
  ElasticBatchNorm2d,
  ElasticConv2d,
  ElasticGroupNorm,
  ElasticLinear,
} from "../modules/elastic.js";
import {
  type Built,
  type ChannelRange,
  channelRange,
  commonValue,
  type LayerOf,
  mismatch,
  requireKind,
  varies,
} from "./candidates.js";

type AnyConvolution = LayerOf<"conv"> | LayerOf<"depthwise-conv">;

/** Builds a convolution. The candidates must be either all ordinary or all depthwise. */
export function buildConvolution(path: string, all: readonly AnyConvolution[], input: ChannelRange): Built {
  const sizes = all.map((layer) => sizeOf(layer, input.max));
  const largest = sizes.reduce((a, b) => (b.kernel > a.kernel ? b : a));
  const output = all[0]!.kind === "conv" ? channelRange(sizes.map((size) => size.output)) : input;
  const options = {
    stride: commonValue(
      path,
      "stride",
      all.map(({ stride }) => stride),
    ),
    bias: commonValue(
      path,
      "bias",
      all.map(({ bias }) => bias),
    ),
    groups: commonValue(
      path,
      "groups",
      sizes.map(({ groups }) => groups),
    ),
    padding: largest.padding,
  };
  if (all.length === 1 && !varies(input)) {
    return { module: new nn.Conv2d(input.max, output.max, largest.kernel, options), output };
  }
  if (sizes.some(({ kernel }) => (largest.kernel - kernel) % 2 !== 0)) {
    throw mismatch(path, "even and odd kernels");
  }
  if (all[0]!.kind === "conv" && options.groups > 1 && (varies(input) || varies(output))) {
    throw mismatch(path, "channels of a grouped convolution");
  }
  const module = new ElasticConv2d(input.max, output.max, largest.kernel, options);
  const activate = (layer: Layer, channels: number) =>
    module.resize(sizeOf(requireKind(path, layer, all[0]!.kind), channels));
  return { module, output, activate };
}

function sizeOf(layer: AnyConvolution, channels: number): ConvolutionSize {
  const { kernel, padding } = layer;
  return layer.kind === "conv"
    ? { input: channels, output: layer.out, kernel, padding, groups: layer.groups }
    : { input: channels, output: channels, kernel, padding, groups: channels };
}

export function buildBatchNorm(input: ChannelRange): Built {
  if (!varies(input)) return { module: new nn.BatchNorm2d(input.max), output: input };
  const module = new ElasticBatchNorm2d(input.max);
  return { module, output: input, activate: (_, channels) => module.resize(channels) };
}

export function buildGroupNorm(input: ChannelRange): Built {
  if (!varies(input)) return { module: new nn.GroupNorm(normGroups(input.max), input.max), output: input };
  const module = new ElasticGroupNorm(input.max);
  return { module, output: input, activate: (_, channels) => module.resize(channels) };
}

export function buildLinear(path: string, all: readonly LayerOf<"linear">[], input: ChannelRange): Built {
  const output = channelRange(all.map(({ out }) => out));
  const bias = commonValue(
    path,
    "bias",
    all.map((layer) => layer.bias),
  );
  if (!varies(input) && !varies(output)) {
    return { module: new nn.Linear(input.max, output.max, { bias }), output };
  }
  const module = new ElasticLinear(input.max, output.max, { bias });
  const activate = (layer: Layer, channels: number) =>
    module.resize(channels, requireKind(path, layer, "linear").out);
  return { module, output, activate };
}
