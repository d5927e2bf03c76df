import { UserError } from "@supernet/base";
import type { Recipe } from "../recipe/common.js";
import { importUserCode } from "../recipe/user-code.js";
import type { Task } from "../task/task.js";
import { defineTask } from "../task/task.js";
import { builtInTask } from "./define.js";

/**
 * Opens the task that a recipe names, which may still be unchecked.
 * @returns undefined if it names none
 * @throws UserError if a user's file does not export one
 */
export async function openTask(recipe: unknown): Promise<Task | undefined> {
  const task = (recipe as Partial<Recipe> | null)?.task;
  if (typeof task !== "object" || task === null || typeof task.file !== "string") return builtInTask(task);
  const { task: named, default: exported } = await importUserCode(task.file);
  try {
    return defineTask((named ?? exported) as Task);
  } catch (error) {
    throw new UserError(
      `${task.file}: it exports no task: write export const task = defineTask({...}): ${(error as Error).message}`,
      { cause: error },
    );
  }
}
