import type { Scored } from "@supernet/nas";
import type { ScoringTask } from "./scorer.js";

/**
 * Stops subnets early that are scored on the same images: those whose score so far is below a check's threshold. See
 * Maron and Moore, "Hoeffding Races: Accelerating Model Selection Search for Classification and Function
 * Approximation", NIPS 1993.
 */
export class EarlyStopping {
  readonly #task: ScoringTask;
  readonly #images: number;
  /** Indices of the subnets that have not been stopped. */
  readonly #running: Set<number>;
  /** Scores of each subnet at the checks so far. */
  readonly #parts: readonly number[][];
  readonly #stopped = new Map<number, Scored>();
  #checksDone = 0;

  /** @param images number of images that a subnet is scored on unless it is stopped */
  constructor(task: ScoringTask, images: number) {
    this.#task = task;
    this.#images = images;
    this.#running = new Set(task.subnets.keys());
    this.#parts = task.subnets.map(() => []);
  }

  /** Whether all subnets have been stopped. */
  get allStopped(): boolean {
    return this.#running.size === 0;
  }

  /**
   * Runs the checks that are due after `seen` images.
   * @param scoreOf returns the score so far of the subnet with an index in the task
   * @returns the indices of the subnets that are stopped by these checks
   */
  check(seen: number, scoreOf: (index: number) => number): readonly number[] {
    const { checks, fraction } = this.#task;
    const due = checks.slice(this.#checksDone).filter((check) => seen >= check.fraction * this.#images);
    if (due.length === 0) return [];
    this.#checksDone += due.length;
    const stopped = [...this.#running].filter((index) => {
      const score = scoreOf(index);
      const parts = this.#parts[index]!;
      parts.push(...due.map(() => score));
      if (!due.some(({ threshold }) => threshold !== null && score < threshold)) return false;
      this.#stopped.set(index, { score, fraction: (fraction * seen) / this.#images, parts });
      return true;
    });
    for (const index of stopped) this.#running.delete(index);
    return stopped;
  }

  /** Returns the result of each subnet. Call it after the last image. */
  results(scoreOf: (index: number) => number): Scored[] {
    const { subnets, fraction, checks } = this.#task;
    return subnets.map((_, index) => {
      const parts = checks.length > 0 && { parts: this.#parts[index]! };
      return this.#stopped.get(index) ?? { score: scoreOf(index), fraction, ...parts };
    });
  }
}
