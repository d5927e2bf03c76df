// What does not depend on a platform: headers, metadata, and the way from pixels to findings.
export { type DetectorResize, placeImage } from "./canvas.js";
export { bestFirst, CLASSIFIER_OUTPUTS, openExportedClassifier, requireFitting } from "./classifier.js";
export { DETECTOR_OUTPUTS, openExportedDetector } from "./detector.js";
export { decodeModelHeader, type HeaderValue, type ModelHeader } from "./header.js";
export type { ExportedNetwork, Found, Pixels, Region, Resizing, Size, SourceImage } from "./image.js";
export {
  type ExportedModel,
  type ModelTensor,
  type OnnxRuntime,
  type OpenModel,
  openModel,
  parseMetadata,
} from "./model.js";
export { openExportedNetwork } from "./network.js";
export { originalBox } from "./original-box.js";
