import type { NetworkSpace } from "@supernet/nas";
import type { Recipe } from "../recipe/common.js";
import { openSpace } from "../recipe/open-space.js";
import type { RunContext } from "./task.js";

/** Creates the context of a run. */
export function createRunContext<R extends Recipe>(
  options: Pick<RunContext<R>, "recipe" | "task" | "scoringThread">,
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

/** Opens the space that a run's recipe searches. Use `run.get(searchedSpace)`. */
export const searchedSpace = ({ recipe }: RunContext): Promise<NetworkSpace> => openSpace(recipe.space);
