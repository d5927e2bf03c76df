import type { Subnet } from "@supernet/nas";

/**
 * Scores subnets with a supernet's weights, higher better. A score hangs on its subnet alone, to the last bit: not on
 * those that are scored with it, and not on what was scored before.
 */
export interface Scorer extends Disposable {
  /** How many calls of `score` may be under way at a time. */
  readonly parallel: number;
  /** @returns the score of each, in their order */
  score(subnets: readonly Subnet[]): Promise<readonly number[]>;
}

export interface ScoringOptions {
  readonly device: string;
  /** Called between batches; what it throws ends the scoring. */
  readonly pause: () => Promise<void>;
}
