import { requireArray, requireObject, requireString } from "@supernet/base";
import { nn } from "@supernet/torch";
import { type Layer, outputChannels } from "../../layer/layer.js";
import { nameInSequence } from "../../layer/sequence.js";
import { Concat, GlobalAveragePool, NamedSequential, Residual, SplitShuffle } from "../modules/blocks.js";
import { ChoiceBlock } from "../modules/choice-block.js";
import { TokenPool } from "../modules/tokens.js";
import { buildFunction, buildPooling, buildSqueezeExcitation } from "./build-blocks.js";
import {
  buildAttention,
  buildClassToken,
  buildDropPath,
  buildLayerNorm,
  buildPatchEmbedding,
} from "./build-tokens.js";
import { buildBatchNorm, buildConvolution, buildGroupNorm, buildLinear } from "./build-weights.js";
import {
  type Built,
  type ChannelRange,
  channelRange,
  commonValue,
  type LayerOf,
  requireKind,
  sum,
  uniqueLayers,
} from "./candidates.js";

/**
 * Builds a layer, or several candidates of it that share weights. With one candidate and a fixed number of input
 * channels, the modules are plain ones, not elastic.
 * @param path path of the module in its network, for messages
 * @param input channels of the input
 * @example
 * const { module } = buildLayer("block", [conv2d(16, 3)], fixedChannels(8)); // [N, 8, H, W] to [N, 16, H, W]
 * @throws UserError if the candidates differ in more than channels, kernels, heads, scales and the size of the image
 */
export function buildLayer(path: string, candidates: readonly Layer[], input: ChannelRange): Built {
  requireString("buildLayer: path", path);
  requireArray("buildLayer: candidates", candidates);
  requireObject("buildLayer: input", input);
  const layers = uniqueLayers(candidates);
  const present = layers.filter(({ kind }) => kind !== "identity");
  const [first] = present;
  if (first === undefined) return { module: new nn.Identity(), output: input };
  if (present.length < layers.length) return buildOptional(path, present, input);
  const all = <Kind extends Layer["kind"]>(kind: Kind) =>
    layers.map((layer) => requireKind(path, layer, kind));
  all(first.kind);
  switch (first.kind) {
    case "conv":
      return buildConvolution(path, all("conv"), input);
    case "depthwise-conv":
      return buildConvolution(path, all("depthwise-conv"), input);
    case "batch-norm":
      return buildBatchNorm(input);
    case "linear":
      return buildLinear(path, all("linear"), input);
    case "group-norm":
      return buildGroupNorm(input);
    case "relu":
    case "relu6":
    case "silu":
    case "hardswish":
    case "sigmoid":
    case "hardsigmoid":
      return { module: buildFunction(first.kind), output: input };
    case "max-pool":
      return buildPooling(path, all("max-pool"), input);
    case "avg-pool":
      return buildPooling(path, all("avg-pool"), input);
    case "squeeze-excitation":
      return buildSqueezeExcitation(path, all("squeeze-excitation"), input);
    case "global-pool":
      return { module: new GlobalAveragePool(), output: input };
    case "sequential":
      return buildSequential(path, all("sequential"), input);
    case "residual":
      return buildResidual(path, all("residual"), input);
    case "concat":
      return buildConcat(path, all("concat"), input);
    case "split-shuffle":
      return buildSplitShuffle(path, all("split-shuffle"), input);
    case "patch-embedding":
      return buildPatchEmbedding(path, all("patch-embedding"), input);
    case "class-token":
      return buildClassToken(path, all("class-token"), input);
    case "layer-norm":
      return buildLayerNorm(input);
    case "gelu":
      return { module: new nn.GELU(), output: input };
    case "attention":
      return buildAttention(path, all("attention"), input);
    case "drop-path":
      return buildDropPath(path, all("drop-path"), input);
    case "token-pool":
      return { module: new TokenPool(), output: input };
    case "identity":
      throw new Error("identities are filtered out above");
  }
}

/** Builds a layer that some candidates omit: a choice between "layer" and "identity". */
function buildOptional(path: string, layers: readonly Layer[], input: ChannelRange): Built {
  const layer = buildLayer(path, layers, input);
  const module = new ChoiceBlock([
    ["layer", layer.module],
    ["identity", new nn.Identity()],
  ]);
  return {
    module,
    output: channelRange([input.min, input.max, layer.output.min, layer.output.max]),
    activate(active, channels) {
      module.choose(active.kind === "identity" ? "identity" : "layer");
      if (active.kind !== "identity") layer.activate?.(active, channels);
    },
  };
}

function buildSequential(path: string, all: readonly LayerOf<"sequential">[], input: ChannelRange): Built {
  const length = commonValue(
    path,
    "length",
    all.map(({ layers }) => layers.length),
  );
  const names = commonValue(
    path,
    "names",
    all.map((layer) => layer.names?.join()),
  );
  const children: Built[] = [];
  let output = input;
  for (let i = 0; i < length; i++) {
    const child = buildLayer(
      `${path}.${nameInSequence(all[0]!, i)}`,
      all.map(({ layers }) => layers[i]!),
      output,
    );
    children.push(child);
    output = child.output;
  }
  const elastic = children.some(({ activate }) => activate);
  const modules = children.map(({ module }) => module);
  return {
    module:
      names === undefined
        ? new nn.Sequential(...modules)
        : new NamedSequential(modules.map((module, i) => [nameInSequence(all[0]!, i), module])),
    output,
    activate: elastic
      ? (layer, channels) => {
          let current = channels;
          for (const [i, inner] of requireKind(path, layer, "sequential").layers.entries()) {
            children[i]!.activate?.(inner, current);
            current = outputChannels(inner, current);
          }
        }
      : undefined,
  };
}

function buildResidual(path: string, all: readonly LayerOf<"residual">[], input: ChannelRange): Built {
  const body = buildLayer(
    `${path}.body`,
    all.map((layer) => layer.body),
    input,
  );
  const withShortcut = all.flatMap((layer) => layer.shortcut ?? []);
  commonValue(
    path,
    "shortcut",
    all.map((layer) => layer.shortcut !== undefined),
  );
  const shortcut =
    withShortcut.length === 0 ? undefined : buildLayer(`${path}.shortcut`, withShortcut, input);
  const scales = new Set(all.map(({ scale = 1 }) => scale));
  const module = new Residual(body.module, [...scales][0], shortcut?.module);
  return {
    module,
    output: shortcut?.output ?? input,
    activate:
      body.activate || shortcut?.activate || scales.size > 1
        ? (layer, channels) => {
            const active = requireKind(path, layer, "residual");
            module.scale = active.scale ?? 1;
            body.activate?.(active.body, channels);
            if (active.shortcut) shortcut?.activate?.(active.shortcut, channels);
          }
        : undefined,
  };
}

function buildConcat(path: string, all: readonly LayerOf<"concat">[], input: ChannelRange): Built {
  const names = commonValue(
    path,
    "branches",
    all.map(({ branches }) => Object.keys(branches).join()),
  ).split(",");
  const shuffle = commonValue(
    path,
    "shuffle",
    all.map((layer) => layer.shuffle),
  );
  const built = names.map(
    (name) =>
      [
        name,
        buildLayer(
          `${path}.${name}`,
          all.map(({ branches }) => branches[name]!),
          input,
        ),
      ] as const,
  );
  return {
    module: new Concat(
      built.map(([name, { module }]) => [name, module] as const),
      shuffle,
    ),
    output: sum(built.map(([, { output }]) => output)),
    activate: built.some(([, { activate }]) => activate)
      ? (layer, channels) => {
          const { branches } = requireKind(path, layer, "concat");
          for (const [name, { activate }] of built) activate?.(branches[name]!, channels);
        }
      : undefined,
  };
}

function buildSplitShuffle(
  path: string,
  all: readonly LayerOf<"split-shuffle">[],
  input: ChannelRange,
): Built {
  const name = commonValue(
    path,
    "names",
    all.map((layer) => layer.name),
  );
  const shuffle = commonValue(
    path,
    "shuffle",
    all.map((layer) => layer.shuffle),
  );
  const half = { min: input.min / 2, max: input.max / 2 };
  const body = buildLayer(
    `${path}.${name}`,
    all.map((layer) => layer.body),
    half,
  );
  const { activate } = body;
  return {
    module: new SplitShuffle(name, body.module, shuffle),
    output: sum([half, body.output]),
    activate:
      activate &&
      ((layer, channels) => activate(requireKind(path, layer, "split-shuffle").body, channels / 2)),
  };
}
