export { Batches, type BatchRequest, type BatchSource, type Shard } from "./batches.js";
export { classificationBatches } from "./classification.js";
export type { ClassificationBatch } from "./classification-worker.js";
export { detectionBatches } from "./detection.js";
export { type DetectionBatch, type DetectionItem, transformBoxes } from "./detection-worker.js";
export type { BatchOptions, ClassificationSettings, DetectionSettings } from "./settings.js";
