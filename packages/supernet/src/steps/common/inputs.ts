import type { Recipe } from "../../recipe/schema.js";
import type { TrainingSettings } from "../../recipe/training-schema.js";

/**
 * What every result hangs on, beside the step's own settings. Threads, workers and scorers change only the speed. Of a
 * space in a user's file it is what the file describes, not where it lies.
 */
export const commonInputs = ({ task, seed, space }: Recipe): unknown => ({
  task,
  seed,
  space: (space.name === "file" && space.content) || space,
});

/** How often a training saves itself changes nothing of what it comes to. */
export function decisive<T extends TrainingSettings>(settings: T): Omit<T, "checkpointEvery" | "keepLast"> {
  const { checkpointEvery: _, keepLast: __, ...rest } = settings;
  return rest;
}
