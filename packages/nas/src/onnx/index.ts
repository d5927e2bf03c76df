export { encodeModel, OPSET } from "./encode.js";
export type { Weight, Weights } from "./graph.js";
export type { OnnxModel, Value } from "./model.js";
export {
  type ExportedSubnet,
  exportBackbone,
  exportClassifier,
  exportFeatures,
  exportStandaloneLayer,
} from "./network.js";
