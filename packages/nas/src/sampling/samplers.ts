import { parseOptions, Random } from "@supernet/base";
import { z } from "zod";
import { requireSpace } from "../space/require.js";
import { sampleSubnet } from "../space/sample.js";
import { chooseEach, type Decision, type Space, type Subnet } from "../space/space.js";
import { checkSpace, validateSubnet } from "../space/validate.js";

/**
 * Which subnets of a supernet each iteration of its training takes a gradient of, in their order. It knows nothing but
 * the iteration's number, from 0, so that a resumed training goes on with the very subnets.
 */
export interface Sampler {
  /** Subnets in every iteration. */
  readonly subnets: number;
  readonly at: (iteration: number) => readonly Subnet[];
}

/** What the chance of a sampler depends on, beside the iteration: a seed, and what tells its draws from others. */
export type SamplerKey = readonly (number | string)[];

const keySchema = z.strictObject({ key: z.array(z.union([z.number(), z.string()])) });

/** @throws UserError naming `subject` if an argument of a sampler is missing or wrong */
function checkSampler(subject: string, space: Space, key: SamplerKey): void {
  checkSpace(subject, space);
  parseOptions(subject, keySchema, { key });
}

/** One random subnet an iteration: the single path of SPOS (Guo et al., 2020, https://arxiv.org/abs/1904.00420). */
export function uniformSampler(space: Space, key: SamplerKey): Sampler {
  checkSampler("uniformSampler", space, key);
  return {
    subnets: 1,
    at: (iteration) => [sampleSubnet(space, Random.of(...key, "path", iteration))],
  };
}

export interface Sandwich {
  /** The first subnet of every iteration, from which the others may learn. */
  readonly largest: Subnet;
  readonly smallest: Subnet;
  /** Subnets drawn uniformly, besides the two. */
  readonly random: number;
}

const sandwichSchema = z.strictObject({
  largest: z.looseObject({}),
  smallest: z.looseObject({}),
  random: z.int().min(0),
});

/**
 * The sandwich rule (Yu and Huang, "Universally Slimmable Networks and Improved Training Techniques", ICCV 2019,
 * https://arxiv.org/abs/1903.05134; Yu et al., "BigNAS", ECCV 2020): the largest subnet, the smallest, and random ones in every
 * iteration. What lies between the two is lifted with them. What is largest is the caller's to say: `extremeSubnets`
 * finds the subnets with the greatest and the least of any cost.
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
      const chance = Random.of(...key, "path", iteration);
      return [largest, smallest, ...Array.from({ length: random }, () => sampleSubnet(space, chance))];
    },
  };
}

/** Subnets in an iteration of fair sampling: as many as the decision with the most choices has. */
export function fairSubnets(space: Space): number {
  requireSpace("fairSubnets", space);
  return Math.max(...space.decisions.map(({ choices }) => choices.length));
}

/**
 * Strictly fair sampling (Chu et al., "FairNAS", ICCV 2021, https://arxiv.org/abs/1907.01845): where all decisions have m choices, an
 * iteration trains m subnets in which every choice of every decision occurs once, and their gradients make one step.
 * So no choice is trained more often than another, nor earlier.
 *
 * FairNAS asks for equal numbers of choices. Where they differ, an iteration has as many subnets as the largest number,
 * m, and each decision goes through its own choices in cycles of its own length k, a fresh random order each cycle,
 * which go on over the iterations' ends. Every choice is used exactly once a cycle, and so exactly m times in every k
 * iterations. Within one iteration it is used m/k times where k divides m; where not, strict fairness has to give: it
 * is m/k rounded down or up, or one beside that where two cycles meet. The orders of different decisions are
 * independent. What is fair are the draws: a decision that others make void, as a depth does, is not trained by them.
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

/** The choice of a decision in the subnet that is number `place` of the whole training. */
function choiceAt({ name, choices }: Decision, place: number, key: SamplerKey) {
  const cycle = Math.floor(place / choices.length);
  const order = Random.of(...key, "fair", name, cycle).permutation(choices.length);
  return choices[order[place % choices.length]!]!;
}
