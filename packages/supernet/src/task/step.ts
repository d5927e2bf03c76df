import type { Recipe } from "../recipe/common.js";
import type { RunContext } from "./run-context.js";
import type { StepContext } from "./step-context.js";

/** What a step does, by which the command line finds the one that it is to run. */
export type StepKind = "training" | "search" | "test" | "comparison";

/** One step of a task. */
export interface TaskStep<R extends Recipe = Recipe> {
  readonly name: string;
  readonly kind: StepKind;
  readonly title: string;
  /** The settings that its result depends on, besides the results of earlier steps, as plain JSON. */
  readonly inputs: unknown;
  /** What the evaluations of a training measure, such as "accuracy", for the report's curves. */
  readonly metric?: string;
  /** Finds what the step lacks, such as its data, before any step begins; called once if steps share it. */
  check?(run: RunContext<R>): void | Promise<void>;
  /** Does the work. It loads the engine, so it imports its modules when called. */
  run(context: StepContext<R>): Promise<void>;
}
