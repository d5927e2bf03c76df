import { createHash } from "node:crypto";
import type { distributed } from "@supernet/torch";
import type { LoopContext } from "./loop-context.js";
import { isFinished, readFinished } from "./step-files.js";
import type { RunPaths } from "./work-dir.js";

/** Stage of a run whose result is a folder. Each step depends on all steps before it. */
export interface Step {
  readonly name: string;
  readonly title: string;
  /** Returns the settings that the result depends on, as plain JSON. */
  inputs(): unknown;
  /** Checks what the step needs, such as its data, before any step starts. Called once if several steps share it. */
  readonly check?: () => Promise<void>;
  /** Ranks that run this step: all of them, rank 0 with any others that are available, or only rank 0. */
  readonly ranks: "all" | "any" | "first";
  run(run: StepRun): Promise<void>;
}

/** Values that a step receives from the run. */
export interface StepRun {
  /** Path of the work-dir. */
  readonly root: string;
  /** Returns the path of the step's folder, or of another step's. */
  folder(step?: string): string;
  /** Context for the step's loop. */
  readonly host: LoopContext;
  /** Ranks that share the step; undefined if there is only this process. */
  readonly world?: distributed.World | undefined;
  /** Prints a line for the user. */
  log(line: string): void;
}

/** Returns one hash per step, of the inputs of that step and of all steps before it. */
export function inputHashes(steps: readonly Step[]): string[] {
  let hash = "";
  return steps.map((step) => {
    hash = createHash("sha256")
      .update(JSON.stringify([hash, step.name, step.inputs()]))
      .digest("hex");
    return hash;
  });
}

/** Returns the hash of everything that the results of `steps` depend on. */
export const inputsHash = (steps: readonly Step[]): string => inputHashes(steps).at(-1)!;

/** Returns the first step that is not finished with its current inputs. */
export function firstUnfinished<S extends Step>(steps: readonly S[], paths: RunPaths): S | undefined {
  const hashes = inputHashes(steps);
  return steps.find((step, i) => !isFinished(paths.stepFolder(step.name), hashes[i]!));
}

/** Returns the seconds that each finished step took. */
export function stepSeconds(steps: readonly Step[], paths: RunPaths): { step: string; seconds: number }[] {
  return steps.flatMap(({ name }) => {
    const finished = readFinished(paths.stepFolder(name));
    return finished === undefined ? [] : [{ step: name, seconds: finished.seconds }];
  });
}
