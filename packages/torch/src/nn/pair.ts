import { requireInteger } from "@supernet/base";

/** One number for both axes, or [height, width]. */
export type Pair = number | readonly [height: number, width: number];

/**
 * Converts a pair to an array.
 * @throws TypeError or RangeError that names the option if it is not one or two integers of at least `min`
 */
export function pair(name: string, value: Pair, min: number): readonly [number, number] {
  if (!Array.isArray(value)) {
    requireInteger(name, value, { min });
    return [value, value];
  }
  if (value.length !== 2)
    throw new RangeError(`${name} must be a number or [height, width], got ${value.length} numbers`);
  for (const size of value) requireInteger(name, size, { min });
  return value as unknown as readonly [number, number];
}
