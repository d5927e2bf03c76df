import { fileDigest } from "@supernet/base";
import type { Recipe } from "../recipe/common.js";
import type { SearchSettings } from "../recipe/search.js";
import { digestUserCode } from "../recipe/user-code.js";
import type { InitRecipe } from "../recipe/weights.js";
import type { TrainingSettings } from "../training/settings.js";

/**
 * Returns the settings that every result depends on, besides the step's own. Threads, workers and scorers affect only
 * the speed. User files count by their content, not by their path.
 */
export const commonInputs = ({ task, seed, space }: Recipe): unknown => ({
  task: typeof task === "string" ? task : withCode(task),
  seed,
  space: (space.name === "file" && space.content) || space,
});

/**
 * Returns the settings of a training that affect its result. How checkpoints are kept does not. A file of initial weights
 * or of a teacher counts by its content, not by its path.
 */
export function resultSettings<T extends TrainingSettings & TrainingFiles>(
  settings: T,
): Omit<T, "checkpointEvery" | "keepLast"> {
  const { checkpointEvery: _, keepLast: __, ...rest } = settings;
  const { init, teacher } = settings;
  return {
    ...rest,
    ...(init && { init: { ...init, file: fileDigest(init.file) } }),
    ...(teacher && { teacher: { ...teacher, file: fileDigest(teacher.file) } }),
  };
}

/** Settings of a training that name files. */
interface TrainingFiles {
  readonly init?: InitRecipe | undefined;
  readonly teacher?: { readonly file: string } | undefined;
}

/** Returns the settings of a search that affect its result. Files count by their content, not by their path. */
export const searchSettings = <S extends SearchSettings>({ strategy, initial, ...search }: S) => ({
  strategy: strategy.kind === "file" ? withCode(strategy) : strategy,
  ...(initial !== undefined && { initial: fileDigest(initial) }),
  ...search,
  latency: (search.latency && "content" in search.latency && search.latency.content) || search.latency,
});

/** Replaces the path of user code by a digest of the file and its imports. */
export const withCode = <T extends { readonly file: string }>({ file, ...rest }: T) => ({
  ...rest,
  code: digestUserCode(file),
});
