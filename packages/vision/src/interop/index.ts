export { fromTorchvision, type TorchvisionModel, torchvisionModels, toTorchvision } from "./torchvision.js";
