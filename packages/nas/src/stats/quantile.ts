import { requireArray, requireNumber } from "@supernet/base";

/**
 * Returns a quantile of a sorted list, linearly interpolated.
 * @param at quantile, 0 to 1
 */
export function quantile(sorted: readonly number[], at: number): number {
  requireArray("quantile: sorted", sorted);
  requireNumber("quantile: at", at, { min: 0, max: 1 });
  const position = at * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position % 1);
}
