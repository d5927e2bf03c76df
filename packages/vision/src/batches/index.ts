export type { ImageStore } from "../pack/pack.js";
export * from "./batches.js";
export type { ClassificationSettings } from "./classification-image.js";
export type { ClassificationBatch } from "./classification-worker.js";
export type { DetectionBatch, DetectionInput, DetectionItem } from "./detection-worker.js";
