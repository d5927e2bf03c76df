import { Random } from "@supernet/base";
import { createEstimator, type Estimator, type NetworkSpace, type Part, sampleSubnet } from "@supernet/nas";

/** Subnets over which costs are averaged, which takes microseconds each. */
const SAMPLED = 1000;

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
