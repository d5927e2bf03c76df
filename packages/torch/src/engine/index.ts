export { autocast } from "./autocast.js";
export { enableGrad, grad, noGrad } from "./autograd.js";
export type { DType, MemoryFormat } from "./call.js";
export * from "./factories.js";
export * as ops from "./generated/ops.js";
export type { EngineInfo } from "./native.js";
export * from "./runtime.js";
export { tidy } from "./scope.js";
export { type NestedNumbers, Tensor, type TypedArray } from "./tensor.js";
