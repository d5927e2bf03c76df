export { AdamW, type AdamWOptions } from "./adamw.js";
export { WeightAverage } from "./average.js";
export { clipGradNorm } from "./clip.js";
export { type NamedParameter, type NoDecayKind, noDecayGroups, type ParameterGroup } from "./groups.js";
export type { Optimizer, OptimizerState } from "./optimizer.js";
export * from "./schedules.js";
export { SGD, type SgdOptions } from "./sgd.js";
