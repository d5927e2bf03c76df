import { requireFunction } from "@supernet/base";
import type { EarlyStopCheck, Scored, Subnet } from "@supernet/nas";

/**
 * Scores subnets with a supernet's weights; higher is better. A score depends only on its subnet, the fraction and the
 * checks, not on the other subnets of its task or on earlier tasks. Equal inputs give bit-identical scores.
 */
export interface Scorer extends AsyncDisposable {
  /** Number of calls of `score` that may run at the same time. */
  readonly parallel: number;
  readonly score: ScoreSubnets;
}

/** Scores the subnets of a task. Returns their results in the same order, as plain JSON. */
export type ScoreSubnets = (task: ScoringTask, checkStop: StopCheck) => Promise<readonly Scored[]>;

/** Throws if the scoring should stop. Called between batches, and regularly while other threads or ranks score. */
export type StopCheck = () => Promise<void>;

/** Subnets to score together. Plain JSON, because another thread or host may score them. */
export interface ScoringTask {
  readonly subnets: readonly Subnet[];
  /** Fraction of the images, above 0 and up to 1. Smaller fractions are subsets of larger ones. */
  readonly fraction: number;
  /** Early-stopping checks, by increasing fraction of these images. */
  readonly checks: readonly EarlyStopCheck[];
}

export interface ScoringOptions {
  readonly device: string;
  readonly checkStop: StopCheck;
}

/**
 * Creates a scorer that scores one subnet after the other, each on all images.
 * @param score returns the score of a subnet; higher is better
 * @example
 * // In the `scorer` of a task:
 * async open(context) {
 *   const opened = openSupernet(context);
 *   return { score: scoreEach(opened.score), [Symbol.dispose]: () => opened[Symbol.dispose]() };
 * }
 */
export function scoreEach(score: (subnet: Subnet) => Promise<number>): ScoreSubnets {
  requireFunction("scoreEach: score", score);
  return async ({ subnets }, checkStop) => {
    const scored: Scored[] = [];
    for (const subnet of subnets) {
      await checkStop();
      const value = await score(subnet);
      if (typeof value !== "number")
        throw new TypeError(`scoreEach: score must return a number, got ${value}`);
      scored.push({ score: value });
    }
    return scored;
  };
}
