export * from "./coco.js";
export { FASHION_CLASSES, isIdxFolder, openIdx, readIdx } from "./idx.js";
export { openImageFolder } from "./image-folder.js";
export * from "./samples.js";
export { composeScenes, type SceneSettings } from "./scenes.js";
