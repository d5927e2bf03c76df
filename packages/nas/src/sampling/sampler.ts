import { parseOptions } from "@supernet/base";
import { z } from "zod";
import type { Space, Subnet } from "../space/space.js";
import { checkSpace } from "../space/validate.js";

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

const keySchema = z.strictObject({ key: z.array(z.union([z.number(), z.string()])) });

/** @throws UserError naming `subject` if an argument of a sampler is missing or wrong */
export function checkSampler(subject: string, space: Space, key: SamplerKey): void {
  checkSpace(subject, space);
  parseOptions(subject, keySchema, { key });
}
