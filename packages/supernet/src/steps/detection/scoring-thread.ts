import { scoringThread } from "../common/scorer.js";
import { detectorScorer } from "./scorer.js";

export default (spec: Parameters<typeof scoringThread>[0]) => scoringThread(spec, "search", detectorScorer);
