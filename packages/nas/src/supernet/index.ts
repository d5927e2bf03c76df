export { activeStateDict } from "./active-state.js";
export { alignCandidates } from "./align.js";
export { SpaceBackbone } from "./backbone.js";
export { ChoiceBlock, type WeightSharing } from "./choice-block.js";
export { SpaceClassifier } from "./classifier.js";
export { setDropPath } from "./drop-path.js";
export { type Latency, measureLatency } from "./latency.js";
export {
  buildFeatures,
  type MeasuringOptions,
  measureInTurn,
  measureLayers,
  type Timed,
} from "./layer-times.js";
export type { ActivePart } from "./part-modules.js";
export { recalibrateBatchNorm, withBatchStatistics } from "./recalibrate.js";
export { type PartedSupernet, SubnetTree } from "./subnet-tree.js";
export { traceCost } from "./trace.js";
