import { Loader } from "@supernet/torch/data";
import type { Pause, Scorer, ScoringTask } from "./scorer.js";

/** Hands subnets to threads, each of which has a supernet and images of its own. */
export class ScorerPool<Spec> implements Scorer {
  readonly parallel: number;
  readonly #threads: Loader<Spec, ScoringTask, readonly number[]>;

  /** @param thread a module whose default export makes a `ScoreSubnets` of `spec`, which is copied */
  constructor(thread: URL, spec: Spec, parallel: number) {
    this.parallel = parallel;
    this.#threads = new Loader({ worker: thread, spec, workers: parallel });
  }

  async score(task: ScoringTask, pause: Pause): Promise<readonly number[]> {
    let done = false;
    const scores = this.#scores(task).finally(() => {
      done = true;
    });
    scores.catch(() => {});
    while (!done) {
      await Promise.race([scores, new Promise((resolve) => setTimeout(resolve, PAUSE))]);
      if (!done) await pause();
    }
    return scores;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#threads[Symbol.dispose]();
  }

  async #scores(task: ScoringTask): Promise<readonly number[]> {
    for await (const scores of this.#threads.load([task])) return scores;
    throw new Error("a scoring thread gave no answer");
  }
}

/** Milliseconds between two looks at whether the user wants to stop. */
const PAUSE = 100;
