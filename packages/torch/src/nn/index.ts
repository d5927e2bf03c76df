export { type Layer, ModuleDict, ModuleList, Sequential } from "./containers.js";
export { Conv2d, type Conv2dOptions } from "./conv.js";
export {
  Dropout,
  GELU,
  Hardsigmoid,
  Hardswish,
  Identity,
  ReLU,
  ReLU6,
  Sigmoid,
  SiLU,
} from "./elementwise.js";
export * as init from "./init.js";
export { Flatten, Linear } from "./linear.js";
export * from "./losses.js";
export { buffer, copyState, type LoadReport, Module, type Parameter, parameter } from "./module.js";
export {
  BatchNorm2d,
  type BatchNormOptions,
  type BatchNormTensors,
  GroupNorm,
  LayerNorm,
  synchronizeBatchNorm,
} from "./norm.js";
export type { Pair } from "./pair.js";
export {
  AdaptiveAvgPool2d,
  AvgPool2d,
  type AvgPool2dOptions,
  MaxPool2d,
  type MaxPool2dOptions,
} from "./pooling.js";
