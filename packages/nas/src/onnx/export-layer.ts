import { estimateLayer } from "../cost/estimate.js";
import type { Convolution, Layer } from "../layer/layer.js";
import { exportAttention } from "./export-attention.js";
import { exportClassToken, exportGelu, exportPatchEmbedding, exportTokenPool } from "./export-tokens.js";
import { type Graph, nameIn } from "./graph.js";
import type { Value } from "./model.js";
import { multiplyByRows } from "./operators.js";

/** What keeps the engine's norms from dividing by zero; the default of its modules. */
const EPSILON = { float: 1e-5 };

/**
 * Adds a layer to a graph, as the module that `buildLayer` makes of it works in evaluation: maps are [n, c, h, w], and
 * sequences, other than in the engine, [n, tokens, width].
 * @param path of its module, by which its weights are found
 * @returns what it outputs
 */
export function exportLayer(graph: Graph, layer: Layer, path: string, input: Value): Value {
  const { shape } = input;
  const child = (inner: Layer, key: string, value: Value) =>
    exportLayer(graph, inner, nameIn(path, key), value);
  switch (layer.kind) {
    case "conv":
      return exportConvolution(graph, layer, path, input);
    case "depthwise-conv":
      return exportConvolution(
        graph,
        { ...layer, kind: "conv", out: shape[0]!, groups: shape[0]! },
        path,
        input,
      );
    case "batch-norm": {
      const weights = ["weight", "bias", "running_mean", "running_var"].map((name) =>
        graph.weight(nameIn(path, name)),
      );
      return graph.add(path, "BatchNormalization", [input, ...weights], shape, { epsilon: EPSILON });
    }
    case "relu":
      return graph.add(path, "Relu", [input], shape);
    case "relu6":
      return graph.add(path, "Clip", [input, graph.number(0), graph.number(6)], shape);
    case "global-pool": {
      const pooled = graph.add(path, "GlobalAveragePool", [input], [shape[0]!, 1, 1]);
      return graph.add(path, "Flatten", [pooled], [shape[0]!], { axis: { int: 1 } });
    }
    case "linear":
      return exportLinear(graph, layer.bias, path, input, layer.out);
    case "sequential":
      return layer.layers.reduce((value, inner, i) => child(inner, String(i), value), input);
    case "residual": {
      const body = child(layer.body, "body", input);
      const { scale = 1 } = layer;
      const scaled = scale === 1 ? body : graph.add(path, "Mul", [body, graph.number(scale)], shape);
      return graph.add(path, "Add", [input, scaled], shape);
    }
    case "concat": {
      const branches = Object.entries(layer.branches).map(([key, inner]) => child(inner, key, input));
      return joinChannels(graph, path, branches);
    }
    case "split-shuffle": {
      // Channels are gathered by their numbers, which takes maps of any size; the halves are not views as in the engine.
      const half = [shape[0]! / 2, ...shape.slice(1)];
      const everyOther = (first: number) => {
        const numbers = Array.from({ length: half[0]! }, (_, i) => first + 2 * i);
        const inputs = [input, graph.integers(...numbers)];
        return graph.add(path, "Gather", inputs, half, { axis: { int: 1 } });
      };
      const even = everyOther(0);
      return joinChannels(graph, path, [even, child(layer.body, layer.name, everyOther(1))]);
    }
    case "layer-norm": {
      const weights = ["weight", "bias"].map((name) => graph.weight(nameIn(path, name)));
      return graph.add(path, "LayerNormalization", [input, ...weights], shape, {
        axis: { int: -1 },
        epsilon: EPSILON,
      });
    }
    case "gelu":
      return exportGelu(graph, path, input);
    case "patch-embedding":
      return exportPatchEmbedding(graph, layer, path, input);
    case "class-token":
      return exportClassToken(graph, path, input);
    case "attention":
      return exportAttention(graph, layer, path, input);
    case "token-pool":
      return exportTokenPool(graph, path, input);
    case "drop-path":
    case "identity":
      return input;
  }
}

function exportConvolution(graph: Graph, layer: Convolution, path: string, input: Value): Value {
  const { kernel, stride, padding, groups, bias } = layer;
  const names = bias ? ["weight", "bias"] : ["weight"];
  const inputs = [input, ...names.map((name) => graph.weight(nameIn(path, name)))];
  const { output } = estimateLayer(layer, path, input.shape);
  return graph.add(path, "Conv", inputs, output, {
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: [stride, stride] },
    pads: { ints: [padding, padding, padding, padding] },
    group: { int: groups },
  });
}

function exportLinear(graph: Graph, bias: boolean, path: string, input: Value, out: number): Value {
  const shape = [...input.shape.slice(0, -1), out];
  const [weight, offset] = [nameIn(path, "weight"), nameIn(path, "bias")];
  if (shape.length === 1) {
    const inputs = [input, graph.weight(weight), ...(bias ? [graph.weight(offset)] : [])];
    return graph.add(path, "Gemm", inputs, shape, { transB: { int: 1 } });
  }
  const { data } = graph.numbers(weight);
  const product = multiplyByRows(graph, path, input, { name: weight, rows: data, out });
  return bias ? graph.add(path, "Add", [product, graph.weight(offset)], shape) : product;
}

function joinChannels(graph: Graph, path: string, maps: readonly Value[]): Value {
  const channels = maps.reduce((sum, { shape }) => sum + shape[0]!, 0);
  return graph.add(path, "Concat", maps, [channels, ...maps[0]!.shape.slice(1)], { axis: { int: 1 } });
}
