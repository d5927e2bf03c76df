import { parseOptions, Random } from "@supernet/base";
import { z } from "zod";
import { requireSpace } from "../space/require.js";
import { sampleSubnet } from "../space/sample.js";
import { chooseEach, type Decision, type Space, type Subnet } from "../space/space.js";
import { checkSpace, validateSubnet } from "../space/validate.js";

/**
 * Selects the subnets of a supernet that each training iteration computes gradients for, in order. They depend only on
 * the number of the iteration, from 0, so a resumed training continues with the same subnets.
 */
export interface Sampler {
  /** Number of subnets per iteration. */
  readonly subnets: number;
  readonly at: (iteration: number) => readonly Subnet[];
}

/** Key of a sampler's random numbers, together with the iteration: a seed, and names that make the key unique. */
export type SamplerKey = readonly (number | string)[];

const keySchema = z.strictObject({ key: z.array(z.union([z.number(), z.string()])) });

/** @throws UserError naming `subject` if an argument of a sampler is missing or wrong */
function checkSampler(subject: string, space: Space, key: SamplerKey): void {
  checkSpace(subject, space);
  parseOptions(subject, keySchema, { key });
}

/**
 * Creates a sampler of one random subnet per iteration: the single path of SPOS (Guo et al., 2020,
 * https://arxiv.org/abs/1904.00420).
 *
 * @example
 * const [subnet] = uniformSampler(space, [1, "training"]).at(0);
 */
export function uniformSampler(space: Space, key: SamplerKey): Sampler {
  checkSampler("uniformSampler", space, key);
  return {
    subnets: 1,
    at: (iteration) => [sampleSubnet(space, Random.of(...key, "path", iteration))],
  };
}

export interface Sandwich {
  /** The first subnet of every iteration, which the others can learn from. */
  readonly largest: Subnet;
  readonly smallest: Subnet;
  /** Number of subnets that are sampled uniformly, in addition to these two. */
  readonly random: number;
}

const sandwichSchema = z.strictObject({
  largest: z.looseObject({}),
  smallest: z.looseObject({}),
  random: z.int().min(0),
});

/**
 * Creates a sampler that follows the sandwich rule (Yu and Huang, "Universally Slimmable Networks and Improved Training
 * Techniques", ICCV 2019, https://arxiv.org/abs/1903.05134; Yu et al., "BigNAS", ECCV 2020,
 * https://arxiv.org/abs/2003.11142). Every iteration trains the largest subnet, the smallest one and random ones.
 * Training the two also improves the subnets between them.
 *
 * @example
 * const { measure } = createEstimator("net", featureParts(space), [3, 224, 224]);
 * const { smallest, largest } = extremeSubnets(space, (subnet) => measure(subnet).flops);
 * const sampler = sandwichSampler(space, { smallest, largest, random: 2 }, [1, "training"]);
 */
export function sandwichSampler(space: Space, sandwich: Sandwich, key: SamplerKey): Sampler {
  checkSampler("sandwichSampler", space, key);
  parseOptions("sandwichSampler", sandwichSchema, sandwich);
  const { largest, smallest, random } = sandwich;
  validateSubnet(space, largest, "sandwichSampler: largest");
  validateSubnet(space, smallest, "sandwichSampler: smallest");
  return {
    subnets: 2 + random,
    at(iteration) {
      const generator = Random.of(...key, "path", iteration);
      return [largest, smallest, ...Array.from({ length: random }, () => sampleSubnet(space, generator))];
    },
  };
}

/** Returns the number of subnets per iteration of fair sampling: the maximum number of choices of a decision. */
export function fairSubnets(space: Space): number {
  requireSpace("fairSubnets", space);
  return Math.max(...space.decisions.map(({ choices }) => choices.length));
}

/**
 * Creates a sampler for strictly fair sampling (Chu et al., "FairNAS", ICCV 2021, https://arxiv.org/abs/1907.01845). If
 * all decisions have m choices, an iteration trains m subnets in which every choice of every decision occurs once.
 * Their gradients make one optimizer step, so all choices are trained equally often.
 *
 * FairNAS requires equal numbers of choices. If they differ, an iteration has m subnets, where m is the maximum:
 *
 * - A decision with k choices runs through them in cycles of length k, each in a new random order. Cycles continue
 *   across iterations.
 * - Every choice is used exactly once per cycle, and therefore exactly m times in every k iterations.
 * - In one iteration, a choice is used m/k times if k divides m. Otherwise it is m/k rounded down or up, or one off
 *   that if two cycles meet.
 * - The orders of different decisions are independent.
 *
 * Sampling is fair, but a sampled choice is not trained if another decision makes it void, as a depth can.
 */
export function fairSampler(space: Space, key: SamplerKey): Sampler {
  checkSampler("fairSampler", space, key);
  const subnets = fairSubnets(space);
  return {
    subnets,
    at: (iteration) =>
      Array.from({ length: subnets }, (_, i) =>
        chooseEach(space, (decision) => choiceAt(decision, iteration * subnets + i, key)),
      ),
  };
}

/** Returns the choice of a decision in the subnet with index `place` in the complete training. */
function choiceAt({ name, choices }: Decision, place: number, key: SamplerKey) {
  const cycle = Math.floor(place / choices.length);
  const order = Random.of(...key, "fair", name, cycle).permutation(choices.length);
  return choices[order[place % choices.length]!]!;
}
