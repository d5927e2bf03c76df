export * from "./anchors.js";
export type { Backbone } from "./backbone.js";
export * from "./box-coder.js";
export { BoxHead, type BoxHeadOptions, type BoxPredictions } from "./box-head.js";
export { type Boxes, boxIou, type Detections, type GroundTruth, type ImageSize } from "./boxes.js";
export { ConvNorm, type NormKind } from "./conv-norm.js";
export { type DetectionSettings, selectDetections } from "./detections.js";
export type { Detector } from "./detector.js";
export {
  FasterRcnn,
  type FasterRcnnLosses,
  type FasterRcnnSettings,
  fasterRcnnCoco,
} from "./faster-rcnn.js";
export { FeaturePyramid, type FeaturePyramidOptions } from "./fpn.js";
export { IGNORED, type MatchSettings, matchBoxes, NEGATIVE } from "./matcher.js";
export { orderByLevel, type PoolSettings, poolRegions, type Regions } from "./regions.js";
export type { RoiSettings } from "./roi.js";
export type { ByMode, RpnSettings } from "./rpn.js";
export { type Sample, type SampleSettings, sampleBalanced } from "./sampler.js";
