import { parseOptions, Random } from "@supernet/base";
import { z } from "zod";
import { sampleSubnet } from "../space/sample.js";
import type { Space, Subnet } from "../space/space.js";
import { validateSubnet } from "../space/validate.js";
import { checkSampler, type Sampler, type SamplerKey } from "./sampler.js";

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
 * arXiv:1903.05134; Yu et al., "BigNAS", ECCV 2020): the largest subnet, the smallest, and random ones in every
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
