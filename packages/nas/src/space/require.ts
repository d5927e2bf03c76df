// Checks of arguments that take no measurable time, for functions that are called for every candidate.

import { Random } from "@supernet/base";
import type { NetworkSpace } from "../network/network-space.js";
import type { Space } from "./space.js";

/** @throws TypeError naming the function if `space` is not a space */
export function requireSpace(subject: string, space: Space): void {
  if (!Array.isArray(space?.decisions))
    throw new TypeError(`${subject}: space must be an object with decisions, got ${space}`);
}

/** @throws TypeError naming the function if `space` is not the space of a network */
export function requireNetworkSpace(subject: string, space: Partial<NetworkSpace>): void {
  if (!Array.isArray(space?.backbone))
    throw new TypeError(`${subject}: space must be a space that defineSpace returns, got ${space}`);
}

/** @throws TypeError naming the function if `random` is not a generator */
export function requireRandom(subject: string, random: Random): void {
  if (!(random instanceof Random))
    throw new TypeError(`${subject}: random must be a generator, such as Random.of(seed), got ${random}`);
}
