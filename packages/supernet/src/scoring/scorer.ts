import { requireFunction } from "@supernet/base";
import type { EarlyStopCheck, Scored, Subnet } from "@supernet/nas";

/**
 * Scores subnets with a supernet's weights; higher is better. A score depends only on its subnet, the fraction and the
 * checks, bit for bit: not on the other subnets of its task, and not on earlier tasks.
 */
export interface Scorer extends AsyncDisposable {
  /** Number of calls of `score` that may run at the same time. */
  readonly parallel: number;
  readonly score: ScoreSubnets;
}

/** Returns the results of a task's subnets, in their order, as plain JSON. */
export type ScoreSubnets = (task: ScoringTask, checkStop: StopCheck) => Promise<readonly Scored[]>;

/** Throws if the scoring should stop. Called between batches, or from time to time while others score. */
export type StopCheck = () => Promise<void>;

/** Subnets to score together, as plain JSON: another thread or host may score them. */
export interface ScoringTask {
  readonly subnets: readonly Subnet[];
  /** Fraction of the images that they are scored on, above 0 and up to 1. A smaller fraction is a subset of a larger. */
  readonly fraction: number;
  /** Checks of the scores so far, by increasing fraction of these images. */
  readonly checks: readonly EarlyStopCheck[];
}

export interface ScoringOptions {
  readonly device: string;
  readonly checkStop: StopCheck;
}

/** Scores subnets one after the other, each on all images and to the end. */
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
