import type { Scored } from "@supernet/nas";
import type { ScoringTask } from "./scorer.js";

/**
 * Subnets that go through the same images, of which those that look hopeless on the way are stopped (Maron and Moore,
 * "Hoeffding Races", NIPS 1993).
 */
export class Race {
  readonly #task: ScoringTask;
  readonly #images: number;
  readonly #running: Set<number>;
  readonly #parts: readonly number[][];
  readonly #stopped = new Map<number, Scored>();
  #taken = 0;

  /** @param images that each of the subnets is to be scored on */
  constructor(task: ScoringTask, images: number) {
    this.#task = task;
    this.#images = images;
    this.#running = new Set(task.subnets.keys());
    this.#parts = task.subnets.map(() => []);
  }

  /** Whether all are stopped. */
  get over(): boolean {
    return this.#running.size === 0;
  }

  /**
   * Takes the looks that are due after so many images.
   * @param scoreOf the score so far of a subnet, by its place in the task
   * @returns the places of those that are stopped by it
   */
  look(seen: number, scoreOf: (place: number) => number): readonly number[] {
    const { looks, fraction } = this.#task;
    const due = looks.slice(this.#taken).filter((look) => seen >= look.fraction * this.#images);
    if (due.length === 0) return [];
    this.#taken += due.length;
    const stopped = [...this.#running].filter((place) => {
      const score = scoreOf(place);
      const parts = this.#parts[place]!;
      parts.push(...due.map(() => score));
      if (!due.some(({ threshold }) => threshold !== null && score < threshold)) return false;
      this.#stopped.set(place, { score, fraction: (fraction * seen) / this.#images, parts });
      return true;
    });
    for (const place of stopped) this.#running.delete(place);
    return stopped;
  }

  /** What came of each, once those that were not stopped have seen all images. */
  results(scoreOf: (place: number) => number): Scored[] {
    const { subnets, fraction, looks } = this.#task;
    return subnets.map((_, place) => {
      const parts = looks.length > 0 && { parts: this.#parts[place]! };
      return this.#stopped.get(place) ?? { score: scoreOf(place), fraction, ...parts };
    });
  }
}
