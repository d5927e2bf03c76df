import { countNetworks, type NetworkSpace, spaceSize } from "@supernet/nas";

/** Number of subnets of a space. Those that differ only in void decisions are one subnet. */
export interface SpaceSize {
  readonly subnets: bigint;
  /** Whether `subnets` is exact. Otherwise it is an upper bound, because counting takes too long. */
  readonly exact: boolean;
}

/** Counts the subnets of a space. */
export function sizeOf(space: NetworkSpace): SpaceSize {
  const networks = countNetworks(space);
  return networks === undefined
    ? { subnets: spaceSize(space), exact: false }
    : { subnets: networks, exact: true };
}

/** Returns "1296" or, if the number is not exact, "up to 4096". */
export const sizeText = (
  { subnets, exact }: SpaceSize,
  format: (subnets: bigint) => string = String,
): string => `${exact ? "" : "up to "}${format(subnets)}`;
