import { Random } from "@supernet/base";
import {
  createEstimator,
  type Estimator,
  featureParts,
  type NetworkSpace,
  type Part,
  sampleSubnet,
} from "@supernet/nas";
import type { Recipe } from "../recipe/schema.js";
import type { PerActivity } from "./activities.js";

/** Subnets over which costs are averaged, which takes microseconds each. */
const SAMPLED = 1000;
/** The field's count of a training pass: the backward one is twice the forward one. */
export const TRAINING = 3;

/** Mean FLOPs that an image takes, over random subnets; the classifier's last layer is left out. */
export function classifierFlops({ classification, seed }: Recipe, space: NetworkSpace): PerActivity {
  const { imageSize } = classification;
  const inference = meanFlops(featureParts(space), [3, imageSize, imageSize], space, seed);
  return { classifierTraining: TRAINING * inference, classifierInference: inference };
}

/** Mean FLOPs of parts of a network for an input [channels, height, width], over random subnets. */
export function meanFlops(
  parts: readonly Part[],
  input: readonly number[],
  space: NetworkSpace,
  seed: number,
): number {
  const { measure }: Estimator = createEstimator("plan", parts, input);
  let sum = 0;
  for (let i = 0; i < SAMPLED; i++) sum += measure(sampleSubnet(space, Random.of(seed, "plan", i))).flops;
  return sum / SAMPLED;
}
