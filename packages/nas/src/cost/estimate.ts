import { requireArray, UserError } from "@supernet/base";
import type { Convolution, Layer, Pooling } from "../layer/layer.js";
import { requireLayers } from "../layer/require.js";
import { nameInSequence } from "../layer/sequence.js";
import { BYTES, sumCosts } from "./cost.js";
import { attention, classToken, patchEmbedding } from "./estimate-tokens.js";
import { type Estimate, elements, leaf } from "./leaf.js";
import { branchesMemory, type MapMemory, residualMemory, sequenceMemory, splitMemory } from "./memory.js";
import { mapSizes, type Shape, sequenceSizes } from "./shape.js";

/**
 * Estimates the output shape and cost of a layer, and of the layers inside it under their modules' names.
 *
 * @param name name of the module, for the cost
 * @param path path of the module in its network, for messages
 * @throws UserError if the input is too small
 * @throws RangeError if shapes do not match
 */
export function estimateLayer(layer: Layer, name: string, input: Shape, path = name): Estimate {
  requireLayers("estimateLayer", { layer });
  requireArray("estimateLayer: input", input);
  const child = (inner: Layer, key: string, shape: Shape) =>
    estimateLayer(inner, key, shape, `${path}.${key}`);
  const composite = (output: Shape, children: readonly Estimate[], maps: MapMemory): Estimate => ({
    output,
    cost: sumCosts(
      name,
      children.map(({ cost }) => cost),
      maps.peak,
    ),
    maps,
  });
  switch (layer.kind) {
    case "conv":
      return convolution(layer, name, input, path);
    case "depthwise-conv": {
      const [channels] = mapSizes(path, input);
      return convolution({ ...layer, kind: "conv", out: channels, groups: channels }, name, input, path);
    }
    case "batch-norm":
    case "group-norm": {
      const [channels, height, width] = mapSizes(path, input);
      return leaf(name, input, input, { params: 2 * channels, flops: 2 * channels * height * width });
    }
    case "linear": {
      const features = input.at(-1)!;
      const output = [...input.slice(0, -1), layer.out];
      const macs = features * elements(output);
      const params = features * layer.out + (layer.bias ? layer.out : 0);
      return leaf(name, input, output, { params, macs, flops: macs, activations: elements(output) });
    }
    case "max-pool":
    case "avg-pool":
      return leaf(name, input, [mapSizes(path, input)[0], ...windows(layer, path, input)]);
    case "squeeze-excitation": {
      const [channels] = mapSizes(path, input);
      const [pooled, squeezed] = [
        [channels, 1, 1],
        [layer.squeezed, 1, 1],
      ] as const;
      const fc = (out: number): Layer => ({
        kind: "conv",
        out,
        kernel: 1,
        stride: 1,
        padding: 0,
        groups: 1,
        bias: true,
      });
      const children = [
        child(fc(layer.squeezed), "fc1", pooled),
        child({ kind: layer.activation }, "activation", squeezed),
        child(fc(channels), "fc2", squeezed),
        child({ kind: layer.gate }, "gate", pooled),
      ];
      // The input is kept until it is multiplied.
      const map = BYTES * elements(input);
      const means = leaf("", input, pooled).maps;
      const factors = sequenceMemory(map, [means, ...children.map(({ maps }) => maps)]);
      return composite(input, children, residualMemory(factors));
    }
    case "global-pool":
      return leaf(name, input, [mapSizes(path, input)[0]]);
    case "relu":
    case "relu6":
    case "silu":
    case "hardswish":
    case "sigmoid":
    case "hardsigmoid":
    case "gelu":
      return leaf(name, input, input, { operations: elements(input) });
    case "layer-norm": {
      const [, width] = sequenceSizes(path, input);
      return leaf(name, input, input, { params: 2 * width, flops: 2 * elements(input) });
    }
    case "patch-embedding":
      return patchEmbedding(layer, name, input, path);
    case "class-token":
      return classToken(layer, name, input, path);
    case "attention":
      return attention(layer, name, input, path);
    case "token-pool": {
      const [, width] = sequenceSizes(path, input);
      return leaf(name, input, [width]);
    }
    case "drop-path":
    case "identity": {
      const peak = BYTES * elements(input);
      const cost = { name, params: 0, macs: 0, flops: 0, operations: 0, activations: 0, memory: peak };
      return { output: input, cost, maps: { input: peak, output: peak, peak, kept: peak, passes: true } };
    }
    case "sequential": {
      let output = input;
      const children = layer.layers.map((inner, i) => {
        const estimate = child(inner, nameInSequence(layer, i), output);
        output = estimate.output;
        return estimate;
      });
      const size = BYTES * elements(input);
      return composite(
        output,
        children,
        sequenceMemory(
          size,
          children.map(({ maps }) => maps),
        ),
      );
    }
    case "residual": {
      const body = child(layer.body, "body", input);
      const shortcut = layer.shortcut && child(layer.shortcut, "shortcut", input);
      const kept = shortcut?.output ?? input;
      if (body.output.join() !== kept.join()) {
        const what = shortcut ? "the shortcut's output" : "its input";
        throw new RangeError(
          `${path}: the body's output of ${body.output.join("x")} cannot be added to ${what} of ${kept.join("x")}`,
        );
      }
      return composite(kept, shortcut ? [body, shortcut] : [body], residualMemory(body.maps, shortcut?.maps));
    }
    case "concat": {
      const branches = Object.entries(layer.branches).map(([key, inner]) => child(inner, key, input));
      const output = joined(
        path,
        branches.map((branch) => branch.output),
      );
      const maps = branchesMemory(branches.map((branch) => branch.maps));
      if (!layer.shuffle) return composite(output, branches, maps);
      return composite(output, branches, sequenceMemory(maps.input, [maps, shuffled(path, output)]));
    }
    case "split-shuffle": {
      const [channels, ...size] = mapSizes(path, input);
      if (channels % 2 !== 0) throw new RangeError(`${path}: ${channels} channels cannot be split in half`);
      const half = [channels / 2, ...size];
      const body = child(layer.body, layer.name, half);
      const output = joined(path, [half, body.output]);
      const split = splitMemory(body.maps);
      const steps = {
        split: [split],
        input: [shuffled(path, input), split],
        output: [split, shuffled(path, output)],
      }[layer.shuffle ?? "split"];
      return composite(output, [body], sequenceMemory(split.input, steps));
    }
    default:
      throw new RangeError(`${path}: unknown layer ${JSON.stringify(layer satisfies never)}`);
  }
}

/** Returns the numbers of windows of a convolution or pooling, in both directions. */
function windows(
  { kernel, stride, padding }: Pick<Pooling, "kernel" | "stride" | "padding">,
  path: string,
  input: Shape,
): [number, number] {
  const [, height, width] = mapSizes(path, input);
  const size = (n: number) => Math.floor((n + 2 * padding - kernel) / stride) + 1;
  const output: [number, number] = [size(height), size(width)];
  if (Math.min(...output) < 1)
    throw new UserError(`an input of ${input.join("x")} is too small for ${path}: use a larger image`);
  return output;
}

function convolution(
  { out, kernel, stride, padding, groups, bias }: Convolution,
  name: string,
  input: Shape,
  path: string,
): Estimate {
  const [channels] = mapSizes(path, input);
  if (channels % groups !== 0 || out % groups !== 0) {
    throw new RangeError(`${path}: ${channels} to ${out} channels are not divisible into ${groups} groups`);
  }
  const output = [out, ...windows({ kernel, stride, padding }, path, input)];
  const weights = (channels / groups) * out * kernel * kernel;
  const macs = weights * output[1]! * output[2]!;
  const params = weights + (bias ? out : 0);
  return leaf(name, input, output, { params, macs, flops: macs, activations: elements(output) });
}

/** Returns the memory of a shuffle of channels, which copies the map. */
function shuffled(path: string, shape: Shape): MapMemory {
  if (shape[0]! % 2 !== 0)
    throw new RangeError(`${path}: ${shape[0]} channels cannot be shuffled in two groups`);
  return leaf("", shape, shape).maps;
}

/** Returns the shape of maps concatenated by channels. */
function joined(path: string, shapes: readonly Shape[]): Shape {
  const sizes = new Set(shapes.map((shape) => shape.slice(1).join("x")));
  if (sizes.size !== 1)
    throw new RangeError(`${path}: its branches output maps of ${[...sizes].join(" and ")}`);
  return [shapes.reduce((sum, [channels]) => sum + channels!, 0), ...shapes[0]!.slice(1)];
}
