import type { Sampler, Subnet } from "@supernet/nas";

/** What a supernet's training has over a network's. */
export interface Paths {
  /** The subnets that each iteration trains. */
  readonly sampler: Sampler;
  /** Makes one of them the one that runs. */
  readonly activate: (subnet: Subnet) => void;
}
