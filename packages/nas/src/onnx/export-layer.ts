import { requireInstance, requireObject } from "@supernet/base";
import { estimateLayer } from "../cost/estimate.js";
import {
  type Convolution,
  conv2d,
  type Layer,
  type Linear,
  normGroups,
  type Pooling,
  type SplitShuffle,
  type SqueezeExcitation,
} from "../layer/layer.js";
import { nameInSequence } from "../layer/sequence.js";
import { exportAttention } from "./export-attention.js";
import { exportClassToken, exportGelu, exportPatchEmbedding, exportTokenPool } from "./export-tokens.js";
import { nameIn, Scope } from "./graph.js";
import type { Value } from "./model.js";
import { multiplyByRows, reshape } from "./operators.js";

/** Default `eps` of the normalization modules of `@supernet/torch`. */
const EPSILON = { float: 1e-5 };

/**
 * Adds a layer to a graph. It computes the same as the module that `buildLayer` builds, in evaluation mode. Maps are
 * `[n, c, h, w]`. Sequences are `[n, tokens, width]`, whereas modules use `[tokens, n, width]`.
 * @param scope scope of the layer's module, which contains its weights
 * @returns the layer's output
 */
export function exportLayer(scope: Scope, layer: Layer, input: Value): Value {
  requireInstance("exportLayer: scope", scope, Scope);
  requireObject("exportLayer: layer", layer);
  requireObject("exportLayer: input", input);
  const { shape } = input;
  const child = (inner: Layer, key: string, value: Value) => exportLayer(scope.within(key), inner, value);
  switch (layer.kind) {
    case "conv":
      return exportConvolution(scope, layer, input);
    case "depthwise-conv":
      return exportConvolution(scope, { ...layer, kind: "conv", out: shape[0]!, groups: shape[0]! }, input);
    case "batch-norm": {
      const weights = ["weight", "bias", "running_mean", "running_var"].map((name) => scope.weight(name));
      return scope.add("BatchNormalization", [input, ...weights], shape, { epsilon: EPSILON });
    }
    case "group-norm":
      return exportGroupNorm(scope, input);
    case "relu":
      return scope.add("Relu", [input], shape);
    case "relu6":
      return scope.add("Clip", [input, scope.number(0), scope.number(6)], shape);
    case "sigmoid":
      return scope.add("Sigmoid", [input], shape);
    case "silu":
      return scope.add("Mul", [input, scope.add("Sigmoid", [input], shape)], shape);
    case "hardsigmoid":
      return scope.add("HardSigmoid", [input], shape, { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
    case "hardswish":
      return scope.add("HardSwish", [input], shape);
    case "max-pool":
    case "avg-pool":
      return exportPooling(scope, layer, input);
    case "squeeze-excitation":
      return exportSqueezeExcitation(scope, layer, input);
    case "global-pool": {
      const pooled = scope.add("GlobalAveragePool", [input], [shape[0]!, 1, 1]);
      return scope.add("Flatten", [pooled], [shape[0]!], { axis: { int: 1 } });
    }
    case "linear":
      return exportLinear(scope, layer, input);
    case "sequential":
      return layer.layers.reduce((value, inner, i) => child(inner, nameInSequence(layer, i), value), input);
    case "residual": {
      const body = child(layer.body, "body", input);
      const { scale = 1 } = layer;
      const scaled = scale === 1 ? body : scope.add("Mul", [body, scope.number(scale)], body.shape);
      const kept = layer.shortcut ? child(layer.shortcut, "shortcut", input) : input;
      return scope.add("Add", [kept, scaled], body.shape);
    }
    case "concat": {
      const branches = Object.entries(layer.branches).map(([key, inner]) => child(inner, key, input));
      const joined = joinChannels(scope, branches);
      return layer.shuffle ? shuffleChannels(scope, joined) : joined;
    }
    case "split-shuffle":
      return exportSplitShuffle(scope, layer, input);
    case "layer-norm": {
      const weights = ["weight", "bias"].map((name) => scope.weight(name));
      return scope.add("LayerNormalization", [input, ...weights], shape, {
        axis: { int: -1 },
        epsilon: EPSILON,
      });
    }
    case "gelu":
      return exportGelu(scope, input);
    case "patch-embedding":
      return exportPatchEmbedding(scope, layer, input);
    case "class-token":
      return exportClassToken(scope, input);
    case "attention":
      return exportAttention(scope, layer, input);
    case "token-pool":
      return exportTokenPool(scope, input);
    case "drop-path":
    case "identity":
      return input;
  }
}

function exportSplitShuffle(scope: Scope, { name, body, shuffle }: SplitShuffle, input: Value): Value {
  const channels = input.shape[0]!;
  const half = channels / 2;
  const every = (step: number, first: number) => Array.from({ length: half }, (_, i) => first + step * i);
  const shuffled = shuffledChannels(channels);
  const halves = {
    split: [every(2, 0), every(2, 1)],
    input: [shuffled.slice(0, half), shuffled.slice(half)],
    output: [every(1, 0), every(1, half)],
  }[shuffle ?? "split"];
  const [passed, rest] = halves.map((numbers) => gatherChannels(scope, input, numbers)) as [Value, Value];
  const joined = joinChannels(scope, [passed, exportLayer(scope.within(name), body, rest)]);
  return shuffle === "output" ? shuffleChannels(scope, joined) : joined;
}

const shuffleChannels = (scope: Scope, input: Value): Value =>
  gatherChannels(scope, input, shuffledChannels(input.shape[0]!));

/** Returns the numbers of channels in the order of a shuffle in two groups: 0, n / 2, 1, n / 2 + 1, ... */
function shuffledChannels(channels: number): number[] {
  return Array.from({ length: channels }, (_, i) => (i % 2) * (channels / 2) + (i >> 1));
}

/** Selects channels by index, which works for maps of any size. It copies them, where libtorch uses views. */
const gatherChannels = (scope: Scope, input: Value, channels: readonly number[]): Value =>
  scope.add("Gather", [input, scope.integers(...channels)], [channels.length, ...input.shape.slice(1)], {
    axis: { int: 1 },
  });

function exportPooling(scope: Scope, layer: Pooling, input: Value): Value {
  const { kind, kernel, stride, padding } = layer;
  const { output } = estimateLayer(layer, scope.path, input.shape);
  return scope.add(kind === "max-pool" ? "MaxPool" : "AveragePool", [input], output, {
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: [stride, stride] },
    pads: { ints: [padding, padding, padding, padding] },
    ...(kind === "avg-pool" && { count_include_pad: { int: 1 } }),
  });
}

function exportSqueezeExcitation(scope: Scope, layer: SqueezeExcitation, input: Value): Value {
  const { squeezed, activation, gate } = layer;
  const [channels] = input.shape as [number];
  const steps = Object.entries({
    fc1: conv2d(squeezed, 1, { bias: true }),
    activation: { kind: activation } as Layer,
    fc2: conv2d(channels, 1, { bias: true }),
    gate: { kind: gate } as Layer,
  });
  const means = scope.add("GlobalAveragePool", [input], [channels, 1, 1]);
  const factors = steps.reduce((value, [key, inner]) => exportLayer(scope.within(key), inner, value), means);
  return scope.add("Mul", [input, factors], input.shape);
}

function exportConvolution(scope: Scope, layer: Convolution, input: Value): Value {
  const { out, kernel, stride, padding, groups, bias } = layer;
  requireShape(scope, "weight", [out, input.shape[0]! / groups, kernel, kernel]);
  const names = bias ? ["weight", "bias"] : ["weight"];
  const inputs = [input, ...names.map((name) => scope.weight(name))];
  const { output } = estimateLayer(layer, scope.path, input.shape);
  return scope.add("Conv", inputs, output, {
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: [stride, stride] },
    pads: { ints: [padding, padding, padding, padding] },
    group: { int: groups },
  });
}

/** Normalizes each group as one channel of an instance-norm, because GroupNormalization needs opset 18. */
function exportGroupNorm(scope: Scope, input: Value): Value {
  const [channels, height, width] = input.shape as [number, number, number];
  const groups = normGroups(channels);
  const perGroup = (channels / groups) * height * width;
  // A fixed size instead of -1 also works for an empty batch.
  const sizes = scope.integers(0, groups, scope.anySize ? -1 : perGroup);
  const grouped = scope.add("Reshape", [input, sizes], [groups, perGroup]);
  const ones = scope.constant("scale", [groups], new Float32Array(groups).fill(1));
  const zeros = scope.constant("shift", [groups], new Float32Array(groups));
  const normed = scope.add("InstanceNormalization", [grouped, ones, zeros], grouped.shape, {
    epsilon: EPSILON,
  });
  const map = scope.anySize
    ? scope.add("Reshape", [normed, scope.node("Shape", [input])], input.shape)
    : reshape(scope, normed, input.shape);
  const perChannel = (name: string) => scope.constant(name, [channels, 1, 1], scope.numbers(name).data);
  const scaled = scope.add("Mul", [map, perChannel("weight")], input.shape);
  return scope.add("Add", [scaled, perChannel("bias")], input.shape);
}

function exportLinear(scope: Scope, { out, bias }: Linear, input: Value): Value {
  requireShape(scope, "weight", [out, input.shape.at(-1)!]);
  const shape = [...input.shape.slice(0, -1), out];
  if (shape.length === 1) {
    const inputs = [input, scope.weight("weight"), ...(bias ? [scope.weight("bias")] : [])];
    return scope.add("Gemm", inputs, shape, { transB: { int: 1 } });
  }
  const { data } = scope.numbers("weight");
  const product = multiplyByRows(scope, input, { name: "weight", rows: data, out });
  return bias ? scope.add("Add", [product, scope.weight("bias")], shape) : product;
}

/** @throws RangeError if a weight has another shape, so it belongs to another network */
function requireShape(scope: Scope, name: string, expected: readonly number[]): void {
  const { shape } = scope.numbers(name);
  if (shape.join() !== expected.join())
    throw new RangeError(
      `export: ${nameIn(scope.path, name)} is ${shape.join("x")}; the layer needs ${expected.join("x")}`,
    );
}

function joinChannels(scope: Scope, maps: readonly Value[]): Value {
  const channels = maps.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return scope.add("Concat", maps, [channels, ...maps[0]!.shape.slice(1)], { axis: { int: 1 } });
}
