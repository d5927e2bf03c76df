export * from "./boxes/anchors.js";
export {
  ANCHOR_WEIGHTS,
  type BoxWeights,
  decodeBoxes,
  decodeDistances,
  encodeBoxes,
  encodeDistances,
  encodeMatches,
  type Matches,
  PROPOSAL_WEIGHTS,
} from "./boxes/box-coder.js";
export {
  type Boxes,
  boxIou,
  boxTensor,
  type Detections,
  type GroundTruth,
  type ImageSize,
  indexTensor,
} from "./boxes/boxes.js";
export { IGNORED, type MatchOptions, matchBoxes, NEGATIVE, splitMatches } from "./boxes/matcher.js";
export { type Sample, sampleBalanced } from "./boxes/sampler.js";
export { chosenDetector, DETECTOR_WIDTHS, detectorDecisions, largestDetector } from "./choices.js";
export { detectorWorkloads, estimateDetector } from "./cost.js";
export {
  type Detector,
  type DetectorDefinition,
  type DetectorSection,
  defineDetector,
  type ElasticDetector,
  type MapShapes,
} from "./detector.js";
export { buildDetector, builtInDetectors } from "./detectors.js";
export type { DetectorSettings, ElasticDetectorSettings } from "./detectors.settings.js";
export { buildElasticDetector, type DetectorSupernet, type ElasticBackbone } from "./elastic.js";
export { type ExportedDetector, exportDetector } from "./export-detector.js";
export { BoxHead, type BoxPredictions } from "./faster-rcnn/box-head.js";
export { FasterRcnn, type FasterRcnnLosses } from "./faster-rcnn/faster-rcnn.js";
export type { FasterRcnnSettings } from "./faster-rcnn/faster-rcnn.settings.js";
export { orderByLevel, poolRegions, type Regions } from "./faster-rcnn/regions.js";
export { Fcos, type FcosLosses } from "./fcos/fcos.js";
export type { FcosSettings } from "./fcos/fcos.settings.js";
export { buildConvNorm, ConvStack, convNorm } from "./parts/conv-norm.js";
export * from "./parts/dense-head.js";
export { Distillation } from "./parts/distillation.js";
export { FeaturePyramid } from "./parts/feature-pyramid.js";
export { boxLoss, focalLoss, giouLoss } from "./parts/losses.js";
export { type Candidates, selectDetections } from "./parts/select-detections.js";
export type { InferenceStage } from "./parts/stages.js";
export { RetinaNet, type RetinaNetLosses } from "./retinanet/retinanet.js";
export type { RetinaNetSettings } from "./retinanet/retinanet.settings.js";
export { torchvisionDetectors } from "./torchvision.settings.js";
