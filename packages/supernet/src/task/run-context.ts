import type { Recipe } from "../recipe/common.js";
import type { Task } from "./task.js";

/**
 * A recipe, its task, and what is opened for it. There is one in a process or scoring thread, so that no step lists a
 * folder or parses a file that another has read.
 */
export class RunContext<R extends Recipe = Recipe> {
  readonly recipe: R;
  readonly task: Task<R>;
  /** A module whose default export scores candidates on another thread, from a `ThreadSpec`. */
  readonly scoringThread: URL;
  readonly #opened = new Map<unknown, unknown>();

  constructor({ recipe, task, scoringThread }: Pick<RunContext<R>, "recipe" | "task" | "scoringThread">) {
    this.recipe = recipe;
    this.task = task;
    this.scoringThread = scoringThread;
  }

  /**
   * Opens something once: calls `source` the first time and returns the same value every time after.
   * @example
   * const images = run.get(labeledImages);
   */
  get<T>(source: (run: RunContext<R>) => T): T {
    if (!this.#opened.has(source)) this.#opened.set(source, source(this));
    return this.#opened.get(source) as T;
  }
}
