export { alignCandidates } from "../spaces/spos-shufflenetv2.align.js";
export * from "../spaces/spos-shufflenetv2.network.js";
export { type Block, ChoiceBlock, type WeightSharing } from "./choice-block.js";
export { type Latency, measureLatency } from "./latency.js";
export { recalibrateBatchNorm, withBatchStatistics } from "./recalibrate.js";
export { subnetWeights } from "./subnet-weights.js";
export { type Trace, traceCost } from "./trace.js";
