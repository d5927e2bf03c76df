export { buildLayer } from "./build/build-layer.js";
export { type Built, type ChannelRange, channelRange, fixedChannels } from "./build/candidates.js";
export type { ActivePart } from "./build/part-modules.js";
export { type PrefixNode, type PrefixStep, PrefixTree } from "./evaluation/prefix-tree.js";
export { recalibrateBatchNorm, withBatchStatistics } from "./evaluation/recalibrate.js";
export { type PartedSupernet, SubnetTree } from "./evaluation/subnet-tree.js";
export { activeStateDict } from "./modules/active-state.js";
export { ChoiceBlock, type WeightSharing } from "./modules/choice-block.js";
export { setDropPath } from "./modules/drop-path.js";
export { withoutOtherCandidates } from "./modules/other-candidates.js";
export { alignCandidates } from "./networks/align.js";
export { SpaceBackbone } from "./networks/backbone.js";
export { SpaceClassifier } from "./networks/classifier.js";
export {
  type MeasuringOptions,
  measureInTurns,
  measureInterleaved,
  measureLayers,
} from "./timing/interleaved-timing.js";
export { type Latency, measureLatency } from "./timing/latency.js";
export {
  buildFeatures,
  buildStandaloneLayer,
  disposeModule,
  type Timed,
  type TimedOptions,
  timedForward,
  timedModule,
} from "./timing/timed.js";
export { traceCost } from "./trace/trace.js";
export { gradientNorm } from "./zero-cost/gradient-norm.js";
export { naswot } from "./zero-cost/naswot.js";
export { synflow } from "./zero-cost/synflow.js";
export type { UntrainedNetwork } from "./zero-cost/untrained.js";
export { zen } from "./zero-cost/zen.js";
export { type ZeroCostSettings, zeroCostScore } from "./zero-cost/zero-cost-score.js";
