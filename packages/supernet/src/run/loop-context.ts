import { setImmediate as eventLoopTurn } from "node:timers/promises";
import type { distributed } from "@supernet/torch";
import { type Interrupt, interruptedError } from "./interrupt.js";

/** Connection of a long loop, such as a training or a search, to its run. */
export interface LoopContext {
  /** Name of the step that the loop runs in. */
  readonly step: string;
  /** Folder for the loop's files. With several ranks, only rank 0 has it. */
  readonly folder: string;
  /** Ranks that share the work of the loop; undefined if there is only this process. */
  readonly world?: distributed.World | undefined;
  /** Starts the loop, or resumes it after `done` of `total` items. Drops the metrics recorded after `done`. */
  begin(done: number, total: number): void;
  /** Adds a line to the metrics. */
  record(values: Readonly<Record<string, number | string>>): void;
  /** Shows the number of finished items, with a short note. */
  progress(done: number, note: string): void;
  /** Prints a line for the user. */
  log(line: string): void;
  /**
   * Checks whether the user asked the loop to save its state and stop. Yields to the event loop, because a loop whose
   * batches are always ready would otherwise never receive a signal.
   */
  stopRequested(): Promise<boolean>;
  /** Returns the error that ends a stopped loop. */
  interrupted(): Error;
}

/** Connects a loop to the user's request to stop. */
export const interruptible = (
  interrupt: Interrupt,
  resumeCommand: string,
): Pick<LoopContext, "stopRequested" | "interrupted"> => ({
  async stopRequested() {
    await eventLoopTurn();
    return interrupt.requested() !== undefined;
  },
  interrupted: () => interruptedError(interrupt, resumeCommand),
});

/** Creates the context of a loop that prints and records nothing, because another process or thread reports for it. */
export const silentContext = (step: string, folder: string): LoopContext => ({
  step,
  folder,
  begin() {},
  record() {},
  progress() {},
  log() {},
  stopRequested: async () => false,
  interrupted: () => new Error(`${step} was stopped by the process that runs it`),
});
