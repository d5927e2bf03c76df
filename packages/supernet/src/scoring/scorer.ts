import type { Subnet } from "@supernet/nas";

/**
 * Scores subnets with a supernet's weights, higher better. A score hangs on its subnet alone, to the last bit: not on
 * those that are scored with it, and not on what was scored before.
 */
export interface Scorer extends Disposable {
  /** How many calls of `score` may be under way at a time. */
  readonly parallel: number;
  /**
   * @param fraction part of the images that they are scored on, above 0 and up to 1; a smaller part is in a larger
   * @returns the score of each, in their order
   */
  score(subnets: readonly Subnet[], fraction: number): Promise<readonly number[]>;
}

export interface ScoringOptions {
  readonly device: string;
  /** Called between batches; what it throws ends the scoring. */
  readonly pause: () => Promise<void>;
}
