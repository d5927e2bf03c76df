export * from "./coco.js";
export { readDetections, readGroundTruth } from "./coco-files.js";
