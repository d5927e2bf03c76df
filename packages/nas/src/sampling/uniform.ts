import { Random } from "@supernet/base";
import { sampleSubnet } from "../space/sample.js";
import type { Space } from "../space/space.js";
import { checkSampler, type Sampler, type SamplerKey } from "./sampler.js";

/** One random subnet an iteration: the single path of SPOS (Guo et al., 2020, arXiv:1904.00420). */
export function uniformSampler(space: Space, key: SamplerKey): Sampler {
  checkSampler("uniformSampler", space, key);
  return {
    subnets: 1,
    at: (iteration) => [sampleSubnet(space, Random.of(...key, "path", iteration))],
  };
}
