import {
  createEstimator,
  type Estimator,
  featureParts,
  type NetworkSpace,
  type Part,
  sampleSubnet,
} from "@supernet/nas";
import { Random } from "@supernet/torch";
import type { Recipe } from "../recipe/schema.js";
import { costRoundBackbone } from "../steps/detector-cost.js";
import type { DetectionFacts } from "./counts.js";
import type { PerActivity } from "./work.js";

/** Subnets over which costs are averaged, which takes microseconds each. */
const SAMPLED = 1000;
/** The field's count of a training pass: the backward one is twice the forward one. */
const TRAINING = 3;

/**
 * Mean FLOPs that an image takes, over random subnets; the classifier's last layer is left out. Those of the detector
 * round its backbone are counted by running it once, at the most that inference can ask of it.
 */
export function flopsPerImage(recipe: Recipe, space: NetworkSpace, detection: DetectionFacts): PerActivity {
  const { imageSize } = recipe.classification;
  const { height, width } = detection.size;
  const mean = (parts: readonly Part[], input: readonly number[]) =>
    meanFlops(createEstimator("plan", parts, input), space, recipe.seed);
  const classifier = mean(featureParts(space), [3, imageSize, imageSize]);
  const backbone = mean(space.backbone, [3, height, width]);
  const detector = backbone + costRoundBackbone(recipe, space, detection.classes, [3, height, width]).flops;
  return {
    classifierTraining: TRAINING * classifier,
    classifierInference: classifier,
    detectorTraining: TRAINING * detector,
    detectorInference: detector,
  };
}

function meanFlops({ measure }: Estimator, space: NetworkSpace, seed: number): number {
  let sum = 0;
  for (let i = 0; i < SAMPLED; i++) sum += measure(sampleSubnet(space, Random.of(seed, "plan", i))).flops;
  return sum / SAMPLED;
}
