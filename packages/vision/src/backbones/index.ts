export type { Backbone } from "./backbone.js";
export { Classifier } from "./classifier.js";
export { MobileNetV2, mobileNetV2Classifier } from "./mobilenetv2.js";
export { ResNet, type ResNetDepth, resNetClassifier } from "./resnet.js";
export { ShuffleNetV2, type ShuffleNetV2Width, shuffleNetV2Classifier } from "./shufflenetv2.js";
