import type { distributed } from "@supernet/torch";

/** What a long loop tells to, and asks of, whoever runs it. */
export interface LoopHost {
  /** The step that the loop is the work of. */
  readonly step: string;
  /** Where the loop keeps its files; rank 0's alone where there are several. */
  readonly folder: string;
  /** The ranks that the loop's work is shared with; left out where it is done alone. */
  readonly world?: distributed.World | undefined;
  /** The loop starts (again) after `done` of `total` pieces of work; records past it are dropped. */
  begin(done: number, total: number): void;
  /** Adds a line to the metrics. */
  record(values: Readonly<Record<string, number | string>>): void;
  progress(done: number, note: string): void;
  /** A line for a person. */
  say(line: string): void;
  /**
   * Whether the user wants the loop to save its state and stop. Takes a turn of the event loop: a loop whose batches are
   * always there would otherwise never hear of a signal.
   */
  stopRequested(): Promise<boolean>;
  /** The error by which a loop that was stopped ends. */
  interrupted(): Error;
}
