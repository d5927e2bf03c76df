export { type CifarSet, isCifarFolder, openCifar } from "./cifar.js";
export {
  type ClassificationSamples,
  type ClassificationSet,
  type FileSamples,
  holdOut,
  type RawSamples,
  sampleCount,
} from "./classification-set.js";
export { isCocoFolder, openCoco, readCoco } from "./coco.js";
export { openDetectionFolder } from "./detection-folder.js";
export {
  type DetectionSample,
  type DetectionSet,
  type DetectionSplits,
  splitSet,
  toGroundTruth,
} from "./detection-set.js";
export { FASHION_CLASSES, isIdxFolder, openIdx, readIdx } from "./idx.js";
export { listImages, openImageFolder } from "./image-folder.js";
export { openLabeledFolder } from "./labeled-folder.js";
export { isVocFolder, openVoc } from "./pascal-voc.js";
export { composeScenes, type SceneSettings } from "./scenes.js";
export { isYoloFolder, openYolo } from "./yolo.js";
