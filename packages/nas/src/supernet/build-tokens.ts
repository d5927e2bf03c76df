import { nn } from "@supernet/torch";
import { conv2d, type Layer } from "../layer/layer.js";
import { MultiHeadAttention } from "./attention.js";
import { buildConvolution } from "./build-weights.js";
import { agreed, type Built, type Channels, type LayerOf, ofKind, span, varies } from "./candidates.js";
import { DropPath } from "./drop-path.js";
import { ElasticLayerNorm, ElasticLinear } from "./elastic.js";
import { ClassToken, ElasticClassToken, PatchEmbedding } from "./tokens.js";

export function buildPatchEmbedding(
  path: string,
  all: readonly LayerOf<"patch-embedding">[],
  input: Channels,
): Built {
  const same = (key: "patch" | "imageSize") =>
    agreed(
      path,
      key,
      all.map((layer) => layer[key]),
    );
  const patch = same("patch");
  const convolution = (out: number) => conv2d(out, patch, { stride: patch, padding: 0, bias: true });
  const { module, output, activate } = buildConvolution(
    `${path}.proj`,
    all.map(({ out }) => convolution(out)),
    input,
  );
  return {
    module: new PatchEmbedding(module as nn.Conv2d, same("imageSize")),
    output,
    activate:
      activate &&
      ((layer, channels) => activate(convolution(ofKind(path, layer, "patch-embedding").out), channels)),
  };
}

export function buildClassToken(
  path: string,
  all: readonly LayerOf<"class-token">[],
  input: Channels,
): Built {
  const patches = agreed(
    path,
    "patches",
    all.map((layer) => layer.patches),
  );
  if (!varies(input)) return { module: new ClassToken(patches, input.most), output: input };
  const module = new ElasticClassToken(patches, input.most);
  return { module, output: input, activate: (_, width) => module.resize(width) };
}

export function buildLayerNorm(input: Channels): Built {
  if (!varies(input)) return { module: new nn.LayerNorm(input.most), output: input };
  const module = new ElasticLayerNorm(input.most);
  return { module, output: input, activate: (_, width) => module.resize(width) };
}

export function buildAttention(path: string, all: readonly LayerOf<"attention">[], input: Channels): Built {
  for (const key of ["headWidth", "grid", "distance"] as const) {
    agreed(
      path,
      key,
      all.map((layer) => layer[key]),
    );
  }
  const largest = all.reduce((a, b) => (b.heads > a.heads ? b : a));
  const inner = span(all.map(({ heads, headWidth }) => heads * headWidth));
  if (all.length === 1 && !varies(input)) {
    const qkv = new nn.Linear(input.most, 3 * inner.most);
    return {
      module: new MultiHeadAttention(largest, qkv, new nn.Linear(inner.most, input.most)),
      output: input,
    };
  }
  const qkv = new ElasticLinear(input.most, 3 * inner.most);
  const proj = new ElasticLinear(inner.most, input.most);
  const module = new MultiHeadAttention(largest, qkv, proj);
  const activate = (layer: Layer, width: number) => {
    const active = ofKind(path, layer, "attention");
    const size = active.heads * active.headWidth;
    qkv.resize(width, 3 * size);
    proj.resize(size, width);
    module.resize(active);
  };
  return { module, output: input, activate };
}

export function buildDropPath(path: string, all: readonly LayerOf<"drop-path">[], input: Channels): Built {
  const share = agreed(
    path,
    "share",
    all.map((layer) => layer.share),
  );
  return { module: new DropPath(share), output: input };
}
