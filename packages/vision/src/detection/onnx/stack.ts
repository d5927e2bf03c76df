import type { Scope, Value } from "@supernet/nas/onnx";
import type { LayerExporter } from "./detector-graph.js";

/**
 * Adds the convolutions at the start of a head to a graph, each followed by a ReLU, as `ConvStack` does.
 * @param options.depth number of convolutions
 * @param options.layer adds a layer of the stack. See `convStackLayers`.
 */
export function exportStack(
  scope: Scope,
  input: Value,
  { depth, layer }: { readonly depth: number; readonly layer: LayerExporter },
): Value {
  return Array.from({ length: depth }, (_, i) => String(i)).reduce((value, path) => {
    const output = layer(path, value);
    return scope.add("Relu", [output], output.shape);
  }, input);
}
