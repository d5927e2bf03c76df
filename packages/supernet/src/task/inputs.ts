import type { Recipe } from "../recipe/common.js";
import type { SearchSettings } from "../recipe/search.js";
import { digestUserCode } from "../recipe/user-code.js";
import type { TrainingSettings } from "../training/settings.js";

/**
 * What every result depends on, besides the step's own settings. Threads, workers and scorers change only the speed.
 * What is in a user's file counts by its content, not by its path.
 */
export const commonInputs = ({ task, seed, space }: Recipe): unknown => ({
  task: typeof task === "string" ? task : withCode(task),
  seed,
  space: (space.name === "file" && space.content) || space,
});

/** The settings of a training on which its result depends: how often it saves itself changes nothing. */
export function resultSettings<T extends TrainingSettings>(
  settings: T,
): Omit<T, "checkpointEvery" | "keepLast"> {
  const { checkpointEvery: _, keepLast: __, ...rest } = settings;
  return rest;
}

/** The settings of a search on which its result depends. What is in a file counts by its content, not by its path. */
export const searchSettings = <S extends SearchSettings>({ strategy, ...search }: S) => ({
  strategy: strategy.kind === "file" ? withCode(strategy) : strategy,
  ...search,
  latency: search.latency?.content ?? search.latency,
});

/** Replaces the path of a user's code by a digest of it and of the files that it imports. */
export const withCode = <T extends { readonly file: string }>({ file, ...rest }: T) => ({
  ...rest,
  code: digestUserCode(file),
});
