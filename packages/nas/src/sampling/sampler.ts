import type { Subnet } from "../space/space.js";

/**
 * Which subnets of a supernet each iteration of its training takes a gradient of, in their order. It knows nothing but
 * the iteration's number, from 0, so that a resumed training goes on with the very subnets.
 */
export interface Sampler {
  /** Subnets in every iteration. */
  readonly subnets: number;
  readonly at: (iteration: number) => readonly Subnet[];
}

/** What the chance of a sampler hangs on, beside the iteration: a seed, and what tells its draws from others. */
export type SamplerKey = readonly (number | string)[];
