import { requireObject } from "@supernet/base";
import type { NetworkSpace } from "@supernet/nas";
import type { Recipe } from "../recipe/common.js";
import { openSpace } from "../recipe/open-space.js";
import type { RunContext, StepContext, TaskNetwork } from "./task.js";

/** Creates the context of a run. */
export function createRunContext<R extends Recipe>(
  options: Pick<RunContext<R>, "recipe" | "task" | "scoringThread" | "candidateProcess">,
): RunContext<R> {
  const opened = new Map<unknown, unknown>();
  const run: RunContext<R> = {
    ...options,
    get<T>(source: (run: RunContext<R>) => T): T {
      if (!opened.has(source)) opened.set(source, source(run));
      return opened.get(source) as T;
    },
  };
  return run;
}

/**
 * Opens the space of a run's recipe. Pass it to `run.get`, which opens the space only once.
 * @example
 * const space = await run.get(searchedSpace);
 */
export async function searchedSpace(run: RunContext): Promise<NetworkSpace> {
  requireRun("searchedSpace: run", run);
  const { recipe, task } = run;
  const space = await openSpace(recipe.space);
  return task?.space?.(recipe, space) ?? space;
}

/** Returns the networks that a run has. */
export const networksOf = ({ recipe, task }: RunContext): readonly TaskNetwork[] =>
  task.networks.filter(({ exists }) => exists?.(recipe) ?? true);

/** Checks that `run` can be the context of a run. */
export function requireRun(name: string, run: unknown): asserts run is RunContext {
  requireObject(name, run);
  requireObject(`${name}.recipe`, Reflect.get(run, "recipe"));
}

/** Checks that `context` can be the context of a step. */
export function requireStep(name: string, context: unknown): asserts context is StepContext {
  requireObject(name, context);
  requireRun(`${name}.run`, Reflect.get(context, "run"));
}
