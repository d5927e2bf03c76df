export { encodeModel, OPSET } from "./encode.js";
export { exportLayer } from "./export-layer.js";
export { Graph, type GraphOptions, type GraphOutput, Scope, type Weight, type Weights } from "./graph.js";
export type { Attribute, ModelValue, OnnxModel, Value } from "./model.js";
export {
  type AddedBackbone,
  addBackbone,
  type ExportedSubnet,
  exportBackbone,
  exportClassifier,
  exportFeatures,
  exportStandaloneLayer,
} from "./network.js";
export { halfPrecision } from "./precision/half.js";
export { type Quantization, quantization, type Range } from "./precision/quantize.js";
