export {
  type ClassificationSamples,
  type ClassificationSet,
  type FileSamples,
  holdOut,
  type RawSamples,
  sampleCount,
} from "./classification-set.js";
export { openCoco, readCoco } from "./coco.js";
export {
  type DetectionSample,
  type DetectionSet,
  type DetectionSplits,
  splitSet,
  toGroundTruth,
} from "./detection-set.js";
export { FASHION_CLASSES, isIdxFolder, openIdx, readIdx } from "./idx.js";
export { listImages, openImageFolder } from "./image-folder.js";
export { composeScenes, type SceneSettings } from "./scenes.js";
