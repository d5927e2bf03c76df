import { requireInstance, UserError } from "@supernet/base";
import type { Constant, OnnxModel, OnnxNode } from "../model.js";
import { foldBatchNorms } from "./fold-batch-norms.js";
import { type Links, linksOf, usedConstants } from "./links.js";
import { isActivation, isCopying, isWeighted, mapsOf, quantizedRegion } from "./region.js";

/** Smallest and largest value of a map over the calibration's images. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A model that is ready to be quantized, and one that measures the ranges of its maps. */
export interface Quantization {
  /** Names of the maps that are quantized. */
  readonly maps: readonly string[];
  /** The model with two more outputs for each map, `NAME:min` and `NAME:max`, float32 [1]. */
  readonly observed: OnnxModel;
  /**
   * Returns the quantized model.
   * @param ranges range of each map, by its name
   */
  quantized(ranges: ReadonlyMap<string, Range>): OnnxModel;
}

/**
 * Prepares a model for static quantization to int8, in ONNX's QDQ format: maps are rounded to 8 bits by pairs of
 * `QuantizeLinear` and `DequantizeLinear`, with one scale and zero point each, and weights are int8 with a scale for
 * each output channel (Jacob et al., 2018, https://arxiv.org/abs/1712.05877; Krishnamoorthi, 2018,
 * https://arxiv.org/abs/1806.08342). Runtimes replace the pairs by integer operators. Convolutions and linear layers
 * whose outputs leave the network, such as predicted scores and boxes, stay float32.
 *
 * @example
 * const { observed, maps, quantized } = quantization(model);
 * const ranges = await measureRanges(observed, maps); // run it on training images
 * writeFileSync("model.onnx", encodeModel(quantized(ranges)));
 * @throws UserError if no operator of the model can be quantized
 */
export function quantization(model: OnnxModel): Quantization {
  requireInstance("quantization: model.nodes", model?.nodes, Array);
  const folded = foldBatchNorms(model);
  const links = linksOf(folded);
  const region = quantizedRegion(folded.nodes, links);
  if (region.size === 0)
    throw new UserError(
      "this network cannot be quantized: it has no two convolutions or linear layers in a row: use float16",
    );
  const sources = mapSources(folded.nodes, region, links);
  const maps = [...new Set(sources.values())];
  return {
    maps,
    observed: observed(folded, maps),
    quantized: (ranges) => quantize(folded, { links, region, sources, ranges }),
  };
}

/**
 * Lists the quantized maps: the inputs of operators in the region, and its outputs. An operator that only copies values
 * has the scale of its input.
 * @returns for each map, the one whose range it has
 */
function mapSources(
  nodes: readonly OnnxNode[],
  region: ReadonlySet<OnnxNode>,
  links: Links,
): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const node of nodes) {
    if (!region.has(node)) continue;
    for (const input of mapsOf(node))
      if (!isFused(input, region, links)) sources.set(input, sources.get(input) ?? input);
    const [output] = node.outputs as [string];
    if (isFused(output, region, links)) continue;
    sources.set(output, isCopying(node) ? sources.get(node.inputs[0]!)! : output);
  }
  return sources;
}

/** Whether the only reader of a value is an activation in the region, which runtimes fuse with its operator. */
function isFused(value: string, region: ReadonlySet<OnnxNode>, links: Links): boolean {
  const [reader, ...others] = links.consumers(value);
  const producer = links.producer.get(value);
  return (
    reader !== undefined &&
    others.length === 0 &&
    region.has(reader) &&
    isActivation(reader) &&
    producer !== undefined &&
    region.has(producer) &&
    !isCopying(producer)
  );
}

/** Adds the smallest and the largest value of each map to the outputs. */
function observed(model: OnnxModel, maps: readonly string[]): OnnxModel {
  const kinds = ["min", "max"] as const;
  const one: Constant = { name: "observed.shape", shape: [1], data: BigInt64Array.of(1n) };
  const nodes = maps.flatMap((map) =>
    kinds.flatMap((kind): OnnxNode[] => {
      const type = kind === "min" ? "ReduceMin" : "ReduceMax";
      const scalar = `${map}:${kind}:scalar`;
      return [
        { type, inputs: [map], outputs: [scalar], attributes: { keepdims: { int: 0 } } },
        { type: "Reshape", inputs: [scalar, one.name], outputs: [`${map}:${kind}`], attributes: {} },
      ];
    }),
  );
  const outputs = maps.flatMap((map) =>
    kinds.map((kind) => ({ name: `${map}:${kind}`, type: "float32" as const, shape: [] })),
  );
  return {
    ...model,
    nodes: [...model.nodes, ...nodes],
    constants: [...model.constants, one],
    outputs: [...model.outputs, ...outputs],
  };
}

/** Scale and zero point of a map: value = scale * (byte - zero). */
interface Affine {
  readonly scale: number;
  readonly zero: number;
}

/** Zero is exact, because it pads maps. */
function affineOf({ min, max }: Range): Affine {
  const [low, high] = [Math.min(min, 0), Math.max(max, 0)];
  const scale = Math.fround((high - low) / 255) || 1;
  return { scale, zero: Math.min(255, Math.max(0, Math.round(-low / scale))) };
}

interface Plan {
  readonly links: Links;
  readonly region: ReadonlySet<OnnxNode>;
  readonly sources: ReadonlyMap<string, string>;
  readonly ranges: ReadonlyMap<string, Range>;
}

function quantize(model: OnnxModel, { links, region, sources, ranges }: Plan): OnnxModel {
  const constants: Constant[] = [...model.constants];
  const nodes: OnnxNode[] = [];
  const affine = (map: string): Affine => {
    const range = ranges.get(sources.get(map)!);
    if (!range || !Number.isFinite(range.max - range.min))
      throw new RangeError(`quantization: the range of ${map} is missing or not finite`);
    return affineOf(range);
  };
  const constant = (name: string, shape: readonly number[], data: Constant["data"]) => {
    constants.push({ name, shape, data });
    return name;
  };
  const dequantized = (map: string) => (sources.has(map) ? `${map}:dequantized` : map);

  /** Adds the pair of operators that rounds a map. */
  const round = (map: string) => {
    const { scale, zero } = affine(map);
    const parameters = [
      constant(`${map}:scale`, [], Float32Array.of(scale)),
      constant(`${map}:zero`, [], Uint8Array.of(zero)),
    ];
    const bytes = `${map}:quantized`;
    nodes.push(
      { type: "QuantizeLinear", inputs: [map, ...parameters], outputs: [bytes], attributes: {} },
      {
        type: "DequantizeLinear",
        inputs: [bytes, ...parameters],
        outputs: [dequantized(map)],
        attributes: {},
      },
    );
  };

  /** Adds a dequantized constant once, and returns its name. */
  const added = new Set<string>();
  const addDequantized = (name: string, { shape, data, scales, axis }: QuantizedConstant): string => {
    if (added.has(name)) return name;
    added.add(name);
    const inputs = [
      constant(`${name}:quantized`, shape, data),
      constant(`${name}:scale`, [scales.length], scales),
    ];
    if (data instanceof Int8Array)
      inputs.push(constant(`${name}:zero`, [scales.length], new Int8Array(scales.length)));
    nodes.push({ type: "DequantizeLinear", inputs, outputs: [name], attributes: { axis: { int: axis } } });
    return name;
  };
  /** Adds the weights of an operator. A head that runs on several levels has its weights once, but a bias for each. */
  const addWeights = (node: OnnxNode): readonly string[] => {
    const { scale: inputScale } = affine(node.inputs[0]!);
    const weight = links.constants.get(node.inputs[1]!)!;
    const bias = links.constants.get(node.inputs[2] ?? "");
    const axis = node.type === "MatMul" ? weight.shape.length - 1 : 0;
    const own = weightScales(weight, axis);
    const scales = bias ? fittingScales(own, bias.data as Float32Array, inputScale) : own;
    const suffix = scales === own ? "" : `:${inputScale}`;
    const names = [addDequantized(`${weight.name}:rounded${suffix}`, quantizeWeight(weight, scales, axis))];
    if (bias)
      names.push(
        addDequantized(`${bias.name}:rounded:${inputScale}`, quantizeBias(bias, scales, inputScale)),
      );
    return names;
  };

  for (const { name } of model.inputs) if (sources.has(name)) round(name);
  for (const node of model.nodes) {
    if (!region.has(node)) nodes.push({ ...node, inputs: node.inputs.map(dequantized) });
    else if (isWeighted(node, links))
      nodes.push({ ...node, inputs: [dequantized(node.inputs[0]!), ...addWeights(node)] });
    else nodes.push({ ...node, inputs: node.inputs.map(dequantized) });
    for (const output of node.outputs) if (sources.has(output)) round(output);
  }
  return { ...model, nodes, constants: usedConstants(constants, nodes) };
}

/** Largest absolute value of a quantized weight. */
const WEIGHT_LIMIT = 127;

/** Returns a function from an element's index to its index along an axis. */
function channelOf(shape: readonly number[], axis: number): (index: number) => number {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  return (index) => Math.floor(index / inner) % shape[axis]!;
}

/** Integers that stand for numbers: value = scales[index along the axis] * integer. */
interface QuantizedConstant {
  readonly shape: readonly number[];
  readonly data: Int8Array | Int32Array;
  readonly scales: Float32Array;
  readonly axis: number;
}

/** Returns the scale of each output channel's weights. */
function weightScales({ shape, data }: Constant, axis: number): Float32Array {
  const channel = channelOf(shape, axis);
  const largest = new Float64Array(shape[axis]!);
  for (const [i, value] of (data as Float32Array).entries())
    largest[channel(i)] = Math.max(largest[channel(i)]!, Math.abs(value));
  return Float32Array.from(largest, (value) => Math.max(value / WEIGHT_LIMIT, 1e-12));
}

/** Enlarges scales with which a bias would not fit into 32 bits. Returns the same scales if all fit. */
function fittingScales(scales: Float32Array, bias: Float32Array, inputScale: number): Float32Array {
  const needed = bias.map((value) => Math.abs(value) / (inputScale * 2 ** 30));
  if (scales.every((scale, c) => scale >= needed[c]!)) return scales;
  return scales.map((scale, c) => Math.max(scale, needed[c]!));
}

function quantizeWeight({ shape, data }: Constant, scales: Float32Array, axis: number): QuantizedConstant {
  const channel = channelOf(shape, axis);
  const limited = (value: number) => Math.max(-WEIGHT_LIMIT, Math.min(WEIGHT_LIMIT, value));
  const integers = Int8Array.from(data as Float32Array, (value, i) =>
    limited(Math.round(value / scales[channel(i)]!)),
  );
  return { shape, data: integers, scales, axis };
}

/** The scale of a bias is the product of those of the input and the weights. */
function quantizeBias(
  { shape, data }: Constant,
  weightScales: Float32Array,
  inputScale: number,
): QuantizedConstant {
  const scales = weightScales.map((scale) => scale * inputScale);
  const integers = Int32Array.from(data as Float32Array, (value, c) => Math.round(value / scales[c]!));
  return { shape, data: integers, scales, axis: 0 };
}
