export * from "./batches.js";
export type { ClassificationBatch, ClassificationSettings } from "./classification-worker.js";
export type { DetectionBatch, DetectionInput, DetectionItem } from "./detection-worker.js";
