import type { Scored } from "@supernet/nas";
import { type Handler, Loader } from "@supernet/torch/data";
import type { Pause, Scorer, ScoreSubnets, ScoringTask } from "./scorer.js";

/** What a thread that scores is told. */
export interface ThreadTask {
  readonly task: ScoringTask;
  /** An Int32Array of one number: not 0 where nobody wants the scores any more. */
  readonly stop: SharedArrayBuffer;
}

/** Hands subnets to threads, each of which has a supernet and images of its own. */
export class ScorerPool<Spec> implements Scorer {
  readonly parallel: number;
  readonly #threads: Loader<Spec, ThreadTask, readonly Scored[]>;

  /** @param thread a module whose default export makes what `onThread` gives of `spec`, which is copied */
  constructor(thread: URL, spec: Spec, parallel: number) {
    this.parallel = parallel;
    this.#threads = new Loader({ worker: thread, spec, workers: parallel });
  }

  async score(task: ScoringTask, pause: Pause): Promise<readonly Scored[]> {
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    let done = false;
    const scores = this.#scores({ task, stop }).finally(() => {
      done = true;
    });
    scores.catch(() => {});
    try {
      while (!done) {
        await Promise.race([scores, new Promise((resolve) => setTimeout(resolve, PAUSE))]);
        if (!done) await pause();
      }
    } catch (error) {
      // A thread has one supernet, and so does one task at a time.
      Atomics.store(new Int32Array(stop), 0, 1);
      await Promise.allSettled([scores]);
      throw error;
    }
    return scores;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#threads[Symbol.dispose]();
  }

  async #scores(task: ThreadTask): Promise<readonly Scored[]> {
    for await (const scores of this.#threads.load([task])) return scores;
    throw new Error("a scoring thread gave no answer");
  }
}

/** What a thread of the pool answers with. */
export const onThread =
  (score: ScoreSubnets): Handler<ThreadTask, readonly Scored[]> =>
  ({ task, stop }) =>
    score(task, async () => {
      if (Atomics.load(new Int32Array(stop), 0) !== 0) throw new Error("nobody wants these scores any more");
    });

/** Milliseconds between two looks at whether the user wants to stop. */
const PAUSE = 100;
