import type { EarlyStopCheck, Scored, Subnet } from "@supernet/nas";

/**
 * Scores subnets with a supernet's weights, higher better. A score hangs on its subnet, the fraction and the looks
 * alone, to the last bit: not on those that are scored with it, and not on what was scored before.
 */
export interface Scorer extends AsyncDisposable {
  /** How many calls of `score` may be under way at a time. */
  readonly parallel: number;
  /** See `ScoreSubnets`. */
  score(task: ScoringTask, pause: Pause): Promise<readonly Scored[]>;
}

/** Gives what came of each, in their order, as plain JSON too. */
export type ScoreSubnets = (task: ScoringTask, pause: Pause) => Promise<readonly Scored[]>;

/** Called between batches, or now and then while others work; what it throws ends the scoring. */
export type Pause = () => Promise<void>;

/** What is scored at a time, as plain JSON: it may be another thread or host that does it. */
export interface ScoringTask {
  readonly subnets: readonly Subnet[];
  /** Part of the images that they are scored on, above 0 and up to 1; a smaller part is in a larger. */
  readonly fraction: number;
  /** Looks at their scores on the way, by the part of these images, rising. */
  readonly looks: readonly EarlyStopCheck[];
}

export interface ScoringOptions {
  readonly device: string;
  readonly pause: Pause;
}
