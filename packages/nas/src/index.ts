export * from "./cost/cost.js";
export { estimateLayer } from "./cost/estimate.js";
export * from "./cost/estimator.js";
export * from "./cost/latency.js";
export type { Estimate } from "./cost/leaf.js";
export { type MeasuredNetwork, type Measures, measuresOf } from "./cost/measures.js";
export { addRun, costTree } from "./cost/module-costs.js";
export { layerKey, type PlacedLayer, reachableLayers } from "./cost/reachable.js";
export { IMAGE_CHANNELS, type Shape } from "./cost/shape.js";
export { createWorkloads, type Workload } from "./cost/workload.js";
export * from "./layer/layer.js";
export { fixedPart, type Part, type Sharing, separateDecisions } from "./layer/part.js";
export * from "./layer/token-layer.js";
export { countNetworks } from "./network/count-networks.js";
export { defineSpace } from "./network/define-space.js";
export { splitByImageSize, withImageSizes } from "./network/image-sizes.js";
export * from "./network/network-space.js";
export { type OutlinedPart, outline } from "./network/outline.js";
export { byPrefix } from "./network/prefix-order.js";
export { type ChoicesSettings, choicesSettings, withChoices } from "./network/with-choices.js";
export {
  checkZeroCostScore,
  type PrefilterSettings,
  prefilterSettings,
  ZERO_COST_SCORES,
  type ZeroCostScore,
} from "./network/zero-cost.js";
export * from "./sampling/samplers.js";
export {
  type CalibratedCandidate,
  Calibration,
  type TrainedScore,
} from "./search/calibration.js";
export * from "./search/constraints.js";
export {
  type EarlyStop,
  type EarlyStopCheck,
  earlyStopChecks,
  earlyStopSettings,
} from "./search/early-stop.js";
export { checkFeasible } from "./search/feasible.js";
export { generateChild, generateChildren, type SampleOptions, sampleUnseen } from "./search/generate.js";
export { withInitialSubnets } from "./search/initial-subnets.js";
export * from "./search/pareto.js";
export { type Prefilter, type SearchProblem, violationOf } from "./search/problem.js";
export * from "./search/run-search.js";
export {
  type Candidate,
  type CheckResults,
  isWaiting,
  observe,
  type Proposal,
  type Queued,
  ranked,
  type Scored,
  type ScoredSubnet,
  type SearchRun,
  type SearchState,
  seenKeys,
  startState,
} from "./search/state.js";
export * from "./search/state-file.js";
export {
  type EvolutionSettings,
  evolutionSearch,
  PUBLISHED_EVOLUTION,
} from "./search/strategies/evolution.js";
export {
  createStrategy,
  STRATEGIES,
  type StrategySettings,
  strategyDefinition,
  strategySettings,
} from "./search/strategies/index.js";
export {
  type LocalSearchSettings,
  localSearchSettings,
  withLocalSearch,
} from "./search/strategies/local-search.js";
export { type Nsga2Settings, nsga2 } from "./search/strategies/nsga2.js";
export { type PredictorSettings, predictorSearch } from "./search/strategies/predictor.js";
export { type PredictorFrontSettings, predictorFront } from "./search/strategies/predictor-front.js";
export { type RandomSearchSettings, randomSearch } from "./search/strategies/random.js";
export {
  type RegularizedEvolutionSettings,
  regularizedEvolution,
} from "./search/strategies/regularized-evolution.js";
export {
  defineStrategy,
  type PredictionError,
  type SearchLength,
  type StrategyDefinition,
  strategyFrom,
} from "./search/strategies/strategy-definition.js";
export { type HalvingSettings, successiveHalving } from "./search/strategies/successive-halving.js";
export { type Generations, generationalStrategy, onAllImages, type Strategy } from "./search/strategy.js";
export * from "./search/tabular.js";
export { extremeSubnets } from "./space/extremes.js";
export * from "./space/sample.js";
export { scaledSubnets } from "./space/scaled.js";
export * from "./space/space.js";
export * from "./space/subnet-file.js";
export { validateSubnet } from "./space/validate.js";
export * from "./spaces/autoformer.js";
export { PUBLISHED_AUTOFORMERS } from "./spaces/autoformer-published.js";
export * from "./spaces/elastic-mobilenet.js";
export { createSpace, SPACES, type SpaceName, type SpaceSettings, spaceSettings } from "./spaces/index.js";
export * from "./spaces/mixed-mobilenet.js";
export * from "./spaces/mobilenetv2.js";
export * from "./spaces/resnet50.js";
export * from "./spaces/spos-shufflenetv2.js";
export { quantile } from "./stats/quantile.js";
export { kendallTau } from "./stats/rank-correlation.js";
