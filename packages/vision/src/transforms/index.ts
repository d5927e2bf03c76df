export { jitterColors } from "./color-jitter.js";
export { randomCrop, randomRegion } from "./crop.js";
export { type EncodedImage, openEncodedImage, readImageSize, wrapImage } from "./encoded-image.js";
export { eraseRandomRegion } from "./erasing.js";
export {
  type CenterCrop,
  centerCrop,
  flipHorizontal,
  fromGray,
  type Image,
  type Region,
  wholeRegion,
} from "./image.js";
export { drawMix, type Mix, mixPairs } from "./mix.js";
export { type BatchSlot, IMAGENET_NORMALIZATION, writeNormalized } from "./normalize.js";
export type { Canvas } from "./policy/affine.js";
export { applyOperation, type ChosenOperation, type OperationName } from "./policy/operations.js";
export { applyPolicy } from "./policy/policy.js";
export { fittedSize, paddedSide, type Resizing, resize } from "./resize.js";
export type {
  AugmentationPolicy,
  AutoAugment,
  ColorJitter,
  Interpolation,
  MixSettings,
  Normalization,
  RandAugment,
  RandomErasing,
  RandomResizedCrop,
  SizeLimits,
} from "./settings.js";
