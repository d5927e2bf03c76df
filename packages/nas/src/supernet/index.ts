export { activeStateDict } from "./active-state.js";
export { alignCandidates } from "./align.js";
export { SpaceBackbone } from "./backbone.js";
export { ChoiceBlock, type WeightSharing } from "./choice-block.js";
export { SpaceClassifier } from "./classifier.js";
export { setDropPath } from "./drop-path.js";
export { type MeasuringOptions, measureInterleaved, measureLayers } from "./interleaved-timing.js";
export { type Latency, measureLatency, quantile } from "./latency.js";
export type { ActivePart } from "./part-modules.js";
export { recalibrateBatchNorm, withBatchStatistics } from "./recalibrate.js";
export { type PartedSupernet, SubnetTree } from "./subnet-tree.js";
export {
  buildFeatures,
  buildStandaloneLayer,
  disposeModule,
  type Timed,
  timedForward,
  timedModule,
} from "./timed.js";
export { traceCost } from "./trace.js";
export { gradientNorm } from "./zero-cost/gradient-norm.js";
export { naswot } from "./zero-cost/naswot.js";
export { synflow } from "./zero-cost/synflow.js";
export type { UntrainedNetwork } from "./zero-cost/untrained.js";
export { zen } from "./zero-cost/zen.js";
export { type ZeroCostSettings, zeroCostScore } from "./zero-cost/zero-cost-score.js";
