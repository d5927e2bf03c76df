import { nn } from "@supernet/torch";
import { conv2d, type Layer } from "../../layer/layer.js";
import { MultiHeadAttention } from "../modules/attention.js";
import { DropPath } from "../modules/drop-path.js";
import { ElasticLayerNorm, ElasticLinear } from "../modules/elastic.js";
import { ClassToken, ElasticClassToken, PatchEmbedding } from "../modules/tokens.js";
import { buildConvolution } from "./build-weights.js";
import {
  type Built,
  type ChannelRange,
  channelRange,
  commonValue,
  type LayerOf,
  requireKind,
  varies,
} from "./candidates.js";

export function buildPatchEmbedding(
  path: string,
  all: readonly LayerOf<"patch-embedding">[],
  input: ChannelRange,
): Built {
  const patch = commonValue(
    path,
    "patch",
    all.map((layer) => layer.patch),
  );
  const convolution = (out: number) => conv2d(out, patch, { stride: patch, padding: 0, bias: true });
  const { module, output, activate } = buildConvolution(
    `${path}.proj`,
    all.map(({ out }) => convolution(out)),
    input,
  );
  const embedding = new PatchEmbedding(module as nn.Conv2d, all[0]!.imageSize);
  return {
    module: embedding,
    output,
    activate:
      activate &&
      ((layer, channels) => {
        const { out, imageSize } = requireKind(path, layer, "patch-embedding");
        embedding.resize(imageSize);
        activate(convolution(out), channels);
      }),
  };
}

export function buildClassToken(
  path: string,
  all: readonly LayerOf<"class-token">[],
  input: ChannelRange,
): Built {
  const patches = Math.max(...all.map((layer) => layer.patches));
  if (all.length === 1 && !varies(input))
    return { module: new ClassToken(patches, input.max), output: input };
  const module = new ElasticClassToken(patches, input.max);
  return {
    module,
    output: input,
    activate: (layer, width) => module.resize(requireKind(path, layer, "class-token").patches, width),
  };
}

export function buildLayerNorm(input: ChannelRange): Built {
  if (!varies(input)) return { module: new nn.LayerNorm(input.max), output: input };
  const module = new ElasticLayerNorm(input.max);
  return { module, output: input, activate: (_, width) => module.resize(width) };
}

export function buildAttention(
  path: string,
  all: readonly LayerOf<"attention">[],
  input: ChannelRange,
): Built {
  for (const key of ["headWidth", "distance"] as const) {
    commonValue(
      path,
      key,
      all.map((layer) => layer[key]),
    );
  }
  const largest = all.reduce((a, b) => (b.heads > a.heads ? b : a));
  const inner = channelRange(all.map(({ heads, headWidth }) => heads * headWidth));
  if (all.length === 1 && !varies(input)) {
    const qkv = new nn.Linear(input.max, 3 * inner.max);
    return {
      module: new MultiHeadAttention(largest, qkv, new nn.Linear(inner.max, input.max)),
      output: input,
    };
  }
  const qkv = new ElasticLinear(input.max, 3 * inner.max);
  const proj = new ElasticLinear(inner.max, input.max);
  const module = new MultiHeadAttention(largest, qkv, proj);
  const activate = (layer: Layer, width: number) => {
    const active = requireKind(path, layer, "attention");
    const size = active.heads * active.headWidth;
    qkv.resize(width, 3 * size);
    proj.resize(size, width);
    module.resize(active);
  };
  return { module, output: input, activate };
}

export function buildDropPath(
  path: string,
  all: readonly LayerOf<"drop-path">[],
  input: ChannelRange,
): Built {
  const share = commonValue(
    path,
    "share",
    all.map((layer) => layer.share),
  );
  return { module: new DropPath(share), output: input };
}
