import { requireInstance, UserError } from "@supernet/base";
import type { Constant, OnnxModel, OnnxNode } from "../model.js";
import { foldBatchNorms } from "./fold-batch-norms.js";
import { linksOf, usedConstants } from "./links.js";
import { isWeighted, mapsOf, weightedRegion } from "./region.js";

/** ONNX's numbers of types, for `Cast`. */
const FLOAT = 1;
const FLOAT16 = 10;

/**
 * Converts convolutions, linear layers and what is between them to float16. Inputs, outputs, boxes and scores stay
 * float32. A runtime without float16 operators, such as ONNX Runtime on x86 processors, computes them in float32, with
 * the rounded weights.
 *
 * @example
 * writeFileSync("model.onnx", encodeModel(halfPrecision(model)));
 * @throws UserError if a weight is too large for float16
 */
export function halfPrecision(model: OnnxModel): OnnxModel {
  requireInstance("halfPrecision: model.nodes", model?.nodes, Array);
  const folded = foldBatchNorms(model);
  const links = linksOf(folded);
  const region = weightedRegion(folded.nodes, links);
  const constants = [...folded.constants];
  const nodes: OnnxNode[] = [];
  const half = new Map<string, string>();

  const cast = (value: string, to: number, output: string) =>
    nodes.push({ type: "Cast", inputs: [value], outputs: [output], attributes: { to: { int: to } } });
  /** Returns the float16 form of a value. */
  const halfOf = (value: string): string => {
    const existing = half.get(value);
    if (existing !== undefined) return existing;
    const name = `${value}:half`;
    const constant = links.constants.get(value);
    if (constant) constants.push(toHalf(constant, name));
    else cast(value, FLOAT16, name);
    half.set(value, name);
    return name;
  };

  for (const node of folded.nodes) {
    if (!region.has(node)) {
      nodes.push(node);
      continue;
    }
    const converted = isWeighted(node, links) || node.type === "Clip" ? node.inputs : mapsOf(node);
    const [output] = node.outputs as [string];
    const name = `${output}:half`;
    nodes.push({
      ...node,
      inputs: node.inputs.map((input) => (input !== "" && converted.includes(input) ? halfOf(input) : input)),
      outputs: [name],
    });
    half.set(output, name);
    const isReadOutside = links
      .consumers(output)
      .some((reader) => !region.has(reader) || !mapsOf(reader).includes(output));
    if (isReadOutside || links.outputs.has(output)) cast(name, FLOAT, output);
  }
  return { ...folded, nodes, constants: usedConstants(constants, nodes) };
}

/** Largest number of float16. */
const LARGEST = 65504;

function toHalf({ name: own, shape, data }: Constant, name: string): Constant {
  const values = data as Float32Array;
  if (values.some((value) => !(Math.abs(value) <= LARGEST)))
    throw new UserError(`${own} has values above ${LARGEST}, the largest of float16: use float32`);
  return { name, shape, data: Uint16Array.from(values, halfBits) };
}

const [float, integer] = (() => {
  const { buffer } = new Float32Array(1);
  return [new Float32Array(buffer), new Uint32Array(buffer)];
})();

/** Returns the bits of the float16 nearest to a float32, ties to even. */
export function halfBits(value: number): number {
  float[0] = value;
  const bits = integer[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  // Below the smallest normal number, the unit is 2^-24.
  if (exponent <= 0) return sign | roundToEven(Math.abs(value) * 2 ** 24);
  const mantissa = (exponent << 23) | (bits & 0x7fffff);
  return sign | Math.min(0x7c00, roundToEven(mantissa / 2 ** 13));
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return below + (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? 1 : 0);
}
