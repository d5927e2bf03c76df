export { type Rule, renameTensors } from "./rename.js";
export { fromTorchvision, type TorchvisionModel, torchvisionModels, toTorchvision } from "./torchvision.js";
export { torchvisionDetectorRules } from "./torchvision-detectors.js";
