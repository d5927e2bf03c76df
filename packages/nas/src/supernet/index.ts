export { activeStateDict } from "./active-state.js";
export { alignCandidates } from "./align.js";
export { SpaceBackbone } from "./backbone.js";
export { ChoiceBlock, type WeightSharing } from "./choice-block.js";
export { SpaceClassifier } from "./classifier.js";
export { setDropPath } from "./drop-path.js";
export { type Latency, measureLatency } from "./latency.js";
export { recalibrateBatchNorm, withBatchStatistics } from "./recalibrate.js";
export { traceCost } from "./trace.js";
