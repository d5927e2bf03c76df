import {
  createEstimator,
  extremeSubnets,
  fairSampler,
  fairSubnets,
  featureParts,
  IMAGE_CHANNELS,
  type NetworkSpace,
  type Sampler,
  type Space,
  sandwichSampler,
  uniformSampler,
} from "@supernet/nas";
import type { SamplingRecipe } from "../recipe/sampling-schema.js";

/** What the subnets of a training hang on, beside how they are drawn. */
export interface SamplingPlace {
  readonly seed: number;
  readonly step: string;
  /** Side of the image for which the largest and the smallest subnet are told, in pixels. */
  readonly imageSize: number;
}

/** The subnets that each iteration trains as a recipe asks, drawn from seed, step and iteration alone. */
export function samplerOf(
  space: NetworkSpace,
  sampling: SamplingRecipe,
  { seed, step, imageSize }: SamplingPlace,
): Sampler {
  const key = [seed, step];
  if (sampling.kind === "uniform") return uniformSampler(space, key);
  if (sampling.kind === "fair") return fairSampler(space, key);
  const { measure } = createEstimator("features", featureParts(space), [
    IMAGE_CHANNELS,
    imageSize,
    imageSize,
  ]);
  const { smallest, largest } = extremeSubnets(space, (subnet) => measure(subnet).flops);
  return sandwichSampler(space, { largest, smallest, random: sampling.random }, key);
}

/** Subnets that each iteration trains, and so the times that an image passes through the supernet. */
export function subnetsPerIteration(space: Space, sampling: SamplingRecipe): number {
  if (sampling.kind === "uniform") return 1;
  return sampling.kind === "fair" ? fairSubnets(space) : 2 + sampling.random;
}
