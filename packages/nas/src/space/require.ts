// Checks of arguments that take no measurable time, for functions that are called for every candidate.

import { Random } from "@supernet/base";

/** @throws TypeError naming the function if `space` is not a space */
export function requireSpace(subject: string, space: unknown): void {
  if (!Array.isArray((space as { readonly decisions: unknown } | undefined)?.decisions))
    throw new TypeError(`${subject}: space must be an object with decisions, got ${space}`);
}

/** @throws TypeError naming the function if `random` is not a generator */
export function requireRandom(subject: string, random: unknown): void {
  if (!(random instanceof Random))
    throw new TypeError(`${subject}: random must be a generator, such as Random.of(seed), got ${random}`);
}
