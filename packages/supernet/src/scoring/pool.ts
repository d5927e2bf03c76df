import type { Scored } from "@supernet/nas";
import { Loader } from "@supernet/torch/data";
import type { Scorer, ScoringTask } from "./scorer.js";

/** Hands subnets to threads, each of which has a supernet and images of its own. */
export class ScorerPool<Spec> implements Scorer {
  readonly parallel: number;
  readonly #threads: Loader<Spec, ScoringTask, readonly Scored[]>;
  readonly #pause: () => Promise<void>;

  /**
   * @param thread a module whose default export makes a `ScoreSubnets` of `spec`, which is copied
   * @param pause is called again and again while scores are awaited; what it throws ends the waiting
   */
  constructor(thread: URL, spec: Spec, parallel: number, pause: () => Promise<void>) {
    this.parallel = parallel;
    this.#threads = new Loader({ worker: thread, spec, workers: parallel });
    this.#pause = pause;
  }

  async score(task: ScoringTask): Promise<readonly Scored[]> {
    let done = false;
    const scores = this.#scores(task).finally(() => {
      done = true;
    });
    scores.catch(() => {});
    while (!done) {
      await Promise.race([scores, new Promise((resolve) => setTimeout(resolve, PAUSE))]);
      if (!done) await this.#pause();
    }
    return scores;
  }

  [Symbol.dispose](): void {
    this.#threads[Symbol.dispose]();
  }

  async #scores(task: ScoringTask): Promise<readonly Scored[]> {
    for await (const scores of this.#threads.load([task])) return scores;
    throw new Error("a scoring thread gave no answer");
  }
}

/** Milliseconds between two looks at whether the user wants to stop. */
const PAUSE = 100;
