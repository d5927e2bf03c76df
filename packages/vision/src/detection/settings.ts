// Settings of detectors and their decisions, without the engine: `@supernet/vision/detector-settings`.
export { chosenDetector, DETECTOR_WIDTHS, detectorDecisions, largestDetector } from "./choices.js";
export { orChoices } from "./common.settings.js";
export {
  type DetectorSettings,
  type DetectorsByKind,
  detectorSchema,
  type ElasticDetectorSettings,
  elasticDetectorSchema,
} from "./detectors.settings.js";
