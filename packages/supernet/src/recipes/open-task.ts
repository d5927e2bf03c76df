import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileError, UserError } from "@supernet/base";
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

/** Returns the recipe with the content of its task noted, if that is in a user's file. */
export function withTaskContent<R extends Recipe>(recipe: R): R {
  const { task } = recipe;
  if (typeof task === "string") return recipe;
  const content = createHash("sha256").update(readTaskFile(task.file)).digest("hex");
  return { ...recipe, task: { ...task, content } };
}

function readTaskFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
