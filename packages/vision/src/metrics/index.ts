export * from "./coco.js";
export {
  type CocoAnnotation,
  type CocoDetection,
  type CocoGroundTruth,
  readDetections,
  readGroundTruth,
} from "./coco-files.js";
