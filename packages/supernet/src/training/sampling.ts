import { callable, count, parseOptions } from "@supernet/base";
import {
  type Choice,
  createEstimator,
  extremeSubnets,
  fairSampler,
  fairSubnets,
  featureParts,
  IMAGE_CHANNELS,
  type NetworkSpace,
  type Sampler,
  type Space,
  type Subnet,
  sandwichSampler,
  uniformSampler,
} from "@supernet/nas";
import { z } from "zod";
import { requireSpace } from "../network/space-models.js";
import { classifierSamplingSchema, type SamplingRecipe, samplingSchema } from "./sampling.settings.js";

/** Number of random subnets that evaluate a classification supernet during training. */
export const EVALUATED_SUBNETS = 3;

/** Number of training batches for recomputing the batch-norm statistics of each of these subnets. */
export const CALIBRATION_BATCHES = 8;

/** Subnets that the training of a supernet samples. */
export interface SubnetSampling {
  /** Subnets that each iteration trains. */
  readonly sampler: Sampler;
  /** Makes a subnet the active one. */
  readonly activate: (subnet: Subnet) => void;
}

export interface SamplerOptions {
  readonly seed: number;
  readonly step: string;
  /** Side of the image, in pixels, whose FLOPs determine the largest and smallest subnets. */
  readonly imageSize: number;
  /** FLOPs of a subnet that determine them. Default: those of the classifier without its last layer. */
  readonly flops?: ((subnet: Subnet) => number) | undefined;
}

const samplerSchema = z.strictObject({
  seed: z.int().min(0),
  step: z.string(),
  imageSize: count,
  flops: callable.optional(),
});

/**
 * Creates the sampler of a recipe. Its subnets depend only on the seed, the step and the iteration.
 * @example
 * const sampler = createSampler(space, recipe.steps.train.sampling, { seed, step: "train", imageSize: 224 });
 * const subnets = sampler.at(0); // those of the first iteration
 */
export function createSampler(
  space: NetworkSpace,
  sampling: SamplingRecipe,
  options: SamplerOptions,
): Sampler {
  requireSpace("createSampler: space", space);
  parseOptions("createSampler: sampling", z.union([samplingSchema, classifierSamplingSchema]), sampling);
  const { seed, step, imageSize } = parseOptions("createSampler", samplerSchema, options);
  const { flops } = options;
  const key = [seed, step];
  if (sampling.kind === "uniform") return uniformSampler(space, key);
  if (sampling.kind === "fair") return fairSampler(space, key);
  const { measure } = createEstimator("features", featureParts(space), [
    IMAGE_CHANNELS,
    imageSize,
    imageSize,
  ]);
  const { smallest, largest } = extremeSubnets(space, flops ?? ((subnet) => measure(subnet).flops));
  return sandwichSampler(space, { largest, smallest, random: sampling.random }, key);
}

/** Makes all subnets of an iteration have the same choice of one decision, such as the image size of its batch. */
export const withChoice = (
  sampler: Sampler,
  decision: string,
  choiceAt: (iteration: number) => Choice,
): Sampler => ({
  ...sampler,
  at: (iteration) => sampler.at(iteration).map((subnet) => ({ ...subnet, [decision]: choiceAt(iteration) })),
});

/** Returns the number of subnets per iteration. Every training image passes through the supernet that many times. */
export function subnetsPerIteration(space: Space, sampling: SamplingRecipe): number {
  if (sampling.kind === "uniform") return 1;
  return sampling.kind === "fair" ? fairSubnets(space) : 2 + sampling.random;
}
