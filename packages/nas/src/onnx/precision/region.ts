import type { OnnxNode } from "../model.js";
import type { Links } from "./links.js";

/** Operators with weights. Their first input is a map or a vector, and the second the weights. */
const WEIGHTED = new Set(["Conv", "Gemm", "MatMul"]);

/** Operators that pass maps on. */
const PASSING = new Set([
  ...["Relu", "Clip", "Add", "Concat", "Gather", "MaxPool", "Resize", "GlobalAveragePool", "Flatten"],
]);

/** Operators whose output has values of their input. */
const COPYING = new Set(["Gather", "MaxPool", "Resize", "Flatten"]);

export const isWeighted = ({ type, inputs }: OnnxNode, { constants }: Links): boolean =>
  WEIGHTED.has(type) && constants.has(inputs[1]!);
export const isActivation = ({ type }: OnnxNode): boolean => type === "Relu" || type === "Clip";
export const isCopying = ({ type }: OnnxNode): boolean => COPYING.has(type);

/** Returns the maps or vectors that an operator reads. Its other inputs are weights, indices or sizes. */
export const mapsOf = ({ type, inputs }: OnnxNode): readonly string[] =>
  type === "Add" || type === "Concat" ? inputs : inputs.slice(0, 1);

/**
 * Returns the operators whose values can have a lower precision: those with weights, and those that pass their outputs
 * on to others. Boxes and scores are computed outside.
 */
export function weightedRegion(nodes: readonly OnnxNode[], links: Links): Set<OnnxNode> {
  const region = new Set<OnnxNode>();
  for (const node of nodes) {
    const isInside = (value: string) => region.has(links.producer.get(value)!);
    if (isWeighted(node, links) || (PASSING.has(node.type) && mapsOf(node).every(isInside))) region.add(node);
  }
  return region;
}

/** Operators of a group-norm and its activation, which stay float32 between convolutions. */
const BETWEEN = new Set(["InstanceNormalization", "Reshape", "Mul", "Add", "Relu"]);

/**
 * Returns the operators of a region whose values are quantized: those that lead to others with weights. The last ones
 * predict boxes and scores, for which 256 values are too few.
 */
export function quantizedRegion(nodes: readonly OnnxNode[], links: Links): Set<OnnxNode> {
  const region = weightedRegion(nodes, links);
  const between = new Set<OnnxNode>();
  for (const node of nodes.toReversed()) {
    // A linear layer is not followed by a group-norm.
    const leadsOn = (reader: OnnxNode) =>
      region.has(reader) || isWeighted(reader, links) || (between.has(reader) && node.type !== "MatMul");
    const isRead = node.outputs.some((output) => links.consumers(output).some(leadsOn));
    if (isRead && BETWEEN.has(node.type)) between.add(node);
    if (!isRead) region.delete(node);
  }
  return region;
}
