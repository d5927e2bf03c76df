import type { Scored } from "@supernet/nas";
import { type Handler, Loader } from "@supernet/torch/data";
import type { Scorer, ScoreSubnets, ScoringTask, StopCheck } from "./scorer.js";

/** A task as a scoring thread receives it. */
export interface ThreadTask {
  readonly task: ScoringTask;
  /** Buffer of an Int32Array with one element, which is not 0 if the scores are no longer needed. */
  readonly stopFlag: SharedArrayBuffer;
}

/** Milliseconds between two calls of `checkStop`. */
const STOP_CHECK_INTERVAL_MS = 100;

/** Scores subnets on threads. Each thread has its own supernet and images. */
export class ScorerPool<Spec> implements Scorer {
  readonly parallel: number;
  readonly #threads: Loader<Spec, ThreadTask, readonly Scored[]>;

  /** @param thread module whose default export receives a copy of `spec` and returns an `onThread` handler */
  constructor(thread: URL, spec: Spec, parallel: number) {
    this.parallel = parallel;
    this.#threads = new Loader({ worker: thread, spec, workers: parallel });
  }

  async score(task: ScoringTask, checkStop: StopCheck): Promise<readonly Scored[]> {
    const stopFlag = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    let isDone = false;
    const scores = this.#scoreOnThread({ task, stopFlag }).finally(() => {
      isDone = true;
    });
    scores.catch(() => {});
    try {
      while (!isDone) {
        await Promise.race([scores, new Promise((resolve) => setTimeout(resolve, STOP_CHECK_INTERVAL_MS))]);
        if (!isDone) await checkStop();
      }
    } catch (error) {
      // The thread has only one supernet, so this task must end before the next one starts.
      Atomics.store(new Int32Array(stopFlag), 0, 1);
      await Promise.allSettled([scores]);
      throw error;
    }
    return scores;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#threads[Symbol.dispose]();
  }

  async #scoreOnThread(task: ThreadTask): Promise<readonly Scored[]> {
    for await (const scores of this.#threads.load([task])) return scores;
    throw new Error("a scoring thread returned no scores");
  }
}

/** Creates the handler of a thread in the pool. */
export const onThread =
  (score: ScoreSubnets): Handler<ThreadTask, readonly Scored[]> =>
  ({ task, stopFlag }) =>
    score(task, async () => {
      if (Atomics.load(new Int32Array(stopFlag), 0) !== 0) throw new Error("the scores are no longer needed");
    });
