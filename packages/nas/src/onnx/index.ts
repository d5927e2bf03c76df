export { encodeModel, OPSET } from "./encode.js";
export type { Weight, Weights } from "./graph.js";
export type { OnnxModel, Value } from "./model.js";
export {
  type ExportedSubnet,
  exportAlone,
  exportBackbone,
  exportClassifier,
  exportFeatures,
} from "./network.js";
