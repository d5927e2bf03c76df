import type { Constant, OnnxModel, OnnxNode } from "../model.js";
import { type Links, linksOf, usedConstants } from "./links.js";

/**
 * Multiplies the batch-norm after each convolution into its weights, as runtimes do with float32 models. Weights are
 * then quantized as they are used.
 */
export function foldBatchNorms(model: OnnxModel): OnnxModel {
  const links = linksOf(model);
  const folded = new Map<OnnxNode, OnnxNode>();
  const constants = [...model.constants];
  for (const node of model.nodes) {
    const norm = foldable(node, links);
    if (norm === undefined) continue;
    const { weight, bias } = foldedWeights(node, norm, links);
    constants.push(weight, bias);
    folded.set(node, {
      ...node,
      inputs: [node.inputs[0]!, weight.name, bias.name],
      outputs: norm.outputs,
    });
    folded.set(norm, norm);
  }
  const nodes = model.nodes.flatMap((node) => {
    const other = folded.get(node);
    if (other === node) return [];
    return [other ?? node];
  });
  return { ...model, nodes, constants: usedConstants(constants, nodes) };
}

/** Returns the batch-norm that is the only reader of a convolution. */
function foldable(node: OnnxNode, { consumers, outputs, constants }: Links): OnnxNode | undefined {
  const [output] = node.outputs as [string];
  if (node.type !== "Conv" || !constants.has(node.inputs[1]!) || outputs.has(output)) return undefined;
  const [norm, ...others] = consumers(output);
  return norm?.type === "BatchNormalization" && others.length === 0 ? norm : undefined;
}

function foldedWeights(
  conv: OnnxNode,
  norm: OnnxNode,
  { constants }: Links,
): { readonly weight: Constant; readonly bias: Constant } {
  const numbers = (name: string | undefined) => constants.get(name ?? "")?.data as Float32Array | undefined;
  const { shape } = constants.get(conv.inputs[1]!)!;
  const [weight, bias] = [numbers(conv.inputs[1])!, numbers(conv.inputs[2])];
  const [gamma, beta, mean, variance] = norm.inputs.slice(1).map((name) => numbers(name)!);
  const epsilon = (norm.attributes.epsilon as { readonly float: number }).float;
  const channels = shape[0]!;
  const size = weight.length / channels;
  const factors = Float64Array.from(
    { length: channels },
    (_, c) => gamma![c]! / Math.sqrt(variance![c]! + epsilon),
  );
  const name = norm.outputs[0]!;
  return {
    weight: {
      name: `${name}.weight`,
      shape,
      data: weight.map((value, i) => value * factors[Math.floor(i / size)]!),
    },
    bias: {
      name: `${name}.bias`,
      shape: [channels],
      data: Float32Array.from(factors, (factor, c) => ((bias?.[c] ?? 0) - mean![c]!) * factor + beta![c]!),
    },
  };
}
