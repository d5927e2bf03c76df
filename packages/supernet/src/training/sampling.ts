import { callable, count, parseOptions, Random, UserError } from "@supernet/base";
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
  type SearchProblem,
  type Space,
  type Subnet,
  sampleSubnet,
  sampleUnseen,
  sandwichSampler,
  uniformSampler,
} from "@supernet/nas";
import { z } from "zod";
import { requireSpace } from "../network/space-models.js";
import type { WeighSubnets } from "./gradients.js";
import { checkLargestFirst, largestIterations, withBaseCandidates } from "./largest-first.js";
import { PoolSampler, type PoolSettings } from "./pool-sampler.js";
import { type SamplingRecipe, type SamplingRecipeInput, samplingSchema } from "./sampling.settings.js";

/** Number of random subnets that evaluate a classification supernet during training. */
export const EVALUATED_SUBNETS = 3;

/** Number of training batches for recomputing the batch-norm statistics of each of these subnets. */
export const CALIBRATION_BATCHES = 8;

/** Subnets that the training of a supernet samples. */
export interface SubnetSampling {
  /** Subnets that each iteration trains. */
  readonly sampler: SubnetSampler;
  /** Makes a subnet the active one. */
  readonly activate: (subnet: Subnet) => void;
  /** How the other subnets start after a training of only the largest one. */
  readonly start?: SupernetStart | undefined;
  /** Computes the loss of a subnet on the held-out images of `sampler.pool`. */
  readonly heldOutLoss?: ((subnet: Subnet) => Promise<number>) | undefined;
}

/** Sampler that may weigh the gradients of its subnets. */
export interface SubnetSampler extends Sampler {
  readonly weigh?: WeighSubnets | undefined;
  /** State of a sampler whose subnets also depend on losses. Its `prepare` is called before every iteration. */
  readonly pool?: Pick<PoolSampler, "prepare" | "state" | "load"> | undefined;
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
  /** Problem of the search, whose limits `sampling.constrained` uses. */
  readonly problem?: SearchProblem | undefined;
}

const samplerSchema = z.strictObject({
  seed: z.int().min(0),
  step: z.string(),
  imageSize: count,
  flops: callable.optional(),
  iterations: count.optional(),
  problem: z.looseObject({}).optional(),
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
): SubnetSampler {
  requireSpace("createSampler: space", space);
  const parsed = parseOptions("createSampler: sampling", samplingSchema, sampling);
  const { seed, step, imageSize, iterations } = parseOptions("createSampler", samplerSchema, options);
  const key = [seed, step];
  const estimator = once(() =>
    createEstimator("features", featureParts(space), [IMAGE_CHANNELS, imageSize, imageSize]),
  );
  const { problem, flops = (subnet) => estimator().measure(subnet).flops } = options;
  const extremes = once(() => extremeSubnets(space, flops));
  const largestFlops = once(() => flops(extremes().largest));
  const sampler: SubnetSampler = {
    ...samplerOf(space, parsed, { key, extremes, problem, iterations }),
    weigh: subnetWeights(parsed, { flops, largest: largestFlops }),
  };
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
  {
    key,
    extremes,
    problem,
    iterations,
  }: {
    readonly key: SamplerKey;
    readonly iterations: number | undefined;
    readonly extremes: () => ReturnType<typeof extremeSubnets>;
    readonly problem: SearchProblem | undefined;
  },
): SubnetSampler {
  const sample = () => randomSubnet(space, usesLimits(sampling), problem);
  switch (sampling.kind) {
    case "uniform":
      return sampling.constrained ? severalSampler(sample(), 1, key) : uniformSampler(space, key);
    case "fair":
      return fairSampler(space, key);
    case "sandwich":
      return sandwichSampler(space, { ...extremes(), random: sampling.random }, key);
    case "ranked":
      return severalSampler(sample(), 2, key);
    case "greedy": {
      const { draws, pool } = sampling;
      if (pool === undefined) return severalSampler(sample(), draws, key);
      if (iterations === undefined)
        throw new UserError("createSampler: iterations is missing, and sampling.pool is set");
      const sampler = new PoolSampler({ space, key, draws, pool, iterations, sample: sample() });
      return { subnets: 1, at: (iteration) => sampler.at(iteration), pool: sampler };
    }
  }
}

type SampleSubnet = (random: Random) => Subnet;

/** Returns a function that samples a subnet, within the limits of a search if `constrained`. */
function randomSubnet(space: Space, constrained: boolean, problem: SearchProblem | undefined): SampleSubnet {
  if (!constrained) return (random) => sampleSubnet(space, random);
  if (problem === undefined)
    throw new UserError("createSampler: problem is missing, and sampling.constrained is true");
  return (random) => sampleUnseen(problem, new Set(), { count: 1, random })[0]!;
}

/** Creates a sampler of several random subnets per iteration. */
const severalSampler = (sample: SampleSubnet, subnets: number, key: SamplerKey): Sampler => ({
  subnets,
  at(iteration) {
    const random = Random.of(...key, "path", iteration);
    return Array.from({ length: subnets }, () => sample(random));
  },
});

/**
 * Returns how the gradients of the subnets of an iteration are weighted; undefined if all count once.
 * @param flops FLOPs of a subnet
 * @param largest FLOPs of the largest subnet
 */
function subnetWeights(
  sampling: SamplingRecipe,
  { flops, largest }: { readonly flops: (subnet: Subnet) => number; readonly largest: () => number },
): WeighSubnets | undefined {
  switch (sampling.kind) {
    case "uniform": {
      const { sizeExponent } = sampling;
      if (sizeExponent === 0) return undefined;
      return (subnets) => subnets.map((subnet) => (flops(subnet) / largest()) ** sizeExponent);
    }
    case "ranked": {
      const { weight } = sampling;
      // The gradient of weight * max(0, loss of the larger - loss of the smaller).
      return (subnets, losses) => {
        const [a, b] = subnets;
        if (a === undefined || b === undefined) return subnets.map(() => 1);
        const larger = flops(a) > flops(b) ? 0 : 1;
        const all = losses();
        const isWrong = all[larger]! > all[1 - larger]!;
        return subnets.map((_, i) => (isWrong ? 1 + (i === larger ? weight : -weight) : 1));
      };
    }
    case "greedy":
      if (sampling.pool !== undefined) return undefined;
      return (subnets, losses) => {
        if (subnets.length === 1) return [1];
        const all = losses();
        const best = all.indexOf(Math.min(...all));
        return all.map((_, i) => (i === best ? 1 : 0));
      };
    default:
      return undefined;
  }
}

/** Makes all subnets of an iteration have the same choice of one decision, such as the image size of its batch. */
export const withChoice = (
  sampler: SubnetSampler,
  decision: string,
  choiceAt: (iteration: number) => Choice,
): SubnetSampler => ({
  ...sampler,
  at: (iteration) => sampler.at(iteration).map((subnet) => ({ ...subnet, [decision]: choiceAt(iteration) })),
});

/**
 * Returns the pool of a sampling; undefined if it has none.
 * @param images number of held-out images
 * @throws UserError if the pool uses more
 */
export function poolOf(sampling: SamplingRecipe, images: number, step: string): PoolSettings | undefined {
  const pool = sampling.kind === "greedy" ? sampling.pool : undefined;
  if (pool !== undefined && pool.images > images)
    throw new UserError(
      `steps.${step}.sampling.pool.images: got ${pool.images}, but there are ${images} held-out images: use a smaller value`,
    );
  return pool;
}

/** Whether a sampling depends on the limits of the search. */
export const usesLimits = (sampling: SamplingRecipe): boolean =>
  (sampling.kind === "uniform" || sampling.kind === "greedy") && sampling.constrained;

/** Returns the number of held-out images that pass through the supernet in a training, to select the subnets of a pool. */
export function pooledImages(sampling: SamplingRecipe, iterations: number): number {
  if (sampling.kind !== "greedy" || sampling.pool === undefined) return 0;
  const { images, train } = sampling.pool;
  return Math.ceil(iterations / train) * sampling.draws * images;
}

/** Cost of a forward pass, as a share of a training pass. */
const FORWARD = 1 / 3;

/** Returns the number of subnets per iteration. Losses that are only compared count as a third. Every training image passes through the supernet that many times. */
export function subnetsPerIteration(space: Space, sampling: SamplingRecipe): number {
  switch (sampling.kind) {
    case "uniform":
      return 1;
    case "fair":
      return fairSubnets(space);
    case "sandwich":
      return 2 + sampling.random;
    case "ranked":
      return 2 + 2 * FORWARD;
    case "greedy":
      return sampling.pool === undefined ? 1 + sampling.draws * FORWARD : 1;
  }
}
