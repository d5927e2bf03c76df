import "./generated/methods.js";

export { autocast } from "./autocast.js";
export { enableGrad, grad, noGrad } from "./autograd.js";
export * from "./factories.js";
export type { NestedNumbers } from "./format.js";
export * as ops from "./generated/ops.js";
export type { EngineInfo } from "./native.js";
export * from "./runtime.js";
export { tidy } from "./scope.js";
export { type DType, type MemoryFormat, Tensor, type TypedArray } from "./tensor.js";
