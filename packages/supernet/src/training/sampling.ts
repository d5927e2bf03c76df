import { callable, count, parseOptions, UserError } from "@supernet/base";
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
  type SamplerKey,
  type Space,
  type Subnet,
  sandwichSampler,
  uniformSampler,
} from "@supernet/nas";
import { z } from "zod";
import { requireSpace } from "../network/space-models.js";
import { checkLargestFirst, largestIterations, withBaseCandidates } from "./largest-first.js";
import {
  classifierSamplingSchema,
  type SamplingRecipe,
  type SamplingRecipeInput,
  samplingSchema,
} from "./sampling.settings.js";

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
  /** How the other subnets start after a training of only the largest one. */
  readonly start?: SupernetStart | undefined;
}

/** Start of the subnets of a supernet whose first iterations train only the largest one. */
export interface SupernetStart {
  /** Number of these iterations. */
  readonly after: number;
  /** Initializes the weights that the largest subnet does not have. */
  readonly initialize: () => void;
}

export interface SamplerOptions {
  readonly seed: number;
  readonly step: string;
  /** Side of the image, in pixels, whose FLOPs determine the largest and smallest subnets. */
  readonly imageSize: number;
  /** FLOPs of a subnet that determine them. Default: those of the classifier without its last layer. */
  readonly flops?: ((subnet: Subnet) => number) | undefined;
  /** Number of iterations of the training. Required if `sampling.largestFirst` is above 0. */
  readonly iterations?: number | undefined;
}

const samplerSchema = z.strictObject({
  seed: z.int().min(0),
  step: z.string(),
  imageSize: count,
  flops: callable.optional(),
  iterations: count.optional(),
});

/**
 * Creates the sampler of a recipe. Its subnets depend only on the seed, the step and the iteration.
 * @example
 * const sampler = createSampler(space, recipe.steps.train.sampling, { seed, step: "train", imageSize: 224 });
 * const subnets = sampler.at(0); // those of the first iteration
 */
export function createSampler(
  space: NetworkSpace,
  sampling: SamplingRecipeInput,
  options: SamplerOptions,
): Sampler {
  requireSpace("createSampler: space", space);
  const schema = z.union([samplingSchema, classifierSamplingSchema]);
  const parsed = parseOptions("createSampler: sampling", schema, sampling);
  const { seed, step, imageSize, iterations } = parseOptions("createSampler", samplerSchema, options);
  const key = [seed, step];
  const extremes = once(() => {
    const input = [IMAGE_CHANNELS, imageSize, imageSize] as const;
    const { measure } = createEstimator("features", featureParts(space), input);
    return extremeSubnets(space, options.flops ?? ((subnet) => measure(subnet).flops));
  });
  const sampler = samplerOf(space, parsed, { key, extremes });
  if (parsed.largestFirst === 0) return sampler;
  checkLargestFirst(space, parsed, "createSampler: sampling");
  if (iterations === undefined)
    throw new UserError("createSampler: iterations is missing, and sampling.largestFirst is above 0");
  const largest = withBaseCandidates(space, extremes().largest);
  const first = largestIterations(parsed, iterations);
  return { ...sampler, at: (iteration) => (iteration < first ? [largest] : sampler.at(iteration)) };
}

/** Returns the start of the other subnets of a training; undefined if all start together. */
export function supernetStart(
  sampling: SamplingRecipe,
  iterations: number,
  initialize: () => void,
): SupernetStart | undefined {
  const after = largestIterations(sampling, iterations);
  return after === 0 ? undefined : { after, initialize };
}

/** Returns a function that computes a value at its first call. */
function once<T>(compute: () => T): () => T {
  let computed: { readonly value: T } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}

function samplerOf(
  space: NetworkSpace,
  sampling: SamplingRecipe,
  { key, extremes }: { readonly key: SamplerKey; readonly extremes: () => ReturnType<typeof extremeSubnets> },
): Sampler {
  if (sampling.kind === "uniform") return uniformSampler(space, key);
  if (sampling.kind === "fair") return fairSampler(space, key);
  return sandwichSampler(space, { ...extremes(), random: sampling.random }, key);
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
