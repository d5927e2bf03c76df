import { callable, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import type { Recipe } from "../recipe/common.js";
import { importUserCode } from "../recipe/user-code.js";
import type { Task } from "../task/task.js";
import { defineTask } from "../task/task.js";
import { builtInTask } from "./define.js";

/**
 * Opens the task of a recipe, which may be unchecked.
 * @returns undefined if the recipe does not name a task
 * @throws UserError if a user's file does not export a task
 */
export async function openTask(recipe: unknown): Promise<Task | undefined> {
  const task = (recipe as Partial<Recipe> | null)?.task;
  if (typeof task !== "object" || task === null || typeof task.file !== "string") return builtInTask(task);
  const { task: named, default: exported } = await importUserCode(task.file);
  try {
    return defineTask((named ?? exported) as Task);
  } catch (error) {
    throw new UserError(
      `${task.file}: no task is exported: write export const task = defineTask({...}): ${(error as Error).message}`,
      { cause: error },
    );
  }
}

const stepsSchema = z.array(
  z.strictObject({
    name: z.string().regex(/^[\w-]+$/, "letters, digits, - and _"),
    kind: z.enum(["training", "search", "test", "comparison"]),
    title: z.string().min(1),
    inputs: z.unknown(),
    metric: z.string().optional(),
    check: callable.optional(),
    run: callable,
  }),
);

/**
 * Checks the results of a user's task for a recipe.
 * @throws UserError with the file if a step, the scorer's step or the image shape is wrong
 */
export function checkUserTask(task: Task, recipe: Recipe): void {
  if (typeof recipe.task === "string") return;
  const { file } = recipe.task;
  const steps = parseOptions(`${file}: steps`, stepsSchema, task.steps(recipe));
  const names = steps.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new UserError(`${file}: steps: two have the name ${twice}`);
  const { trained } = task.scorer;
  if (!names.includes(trained)) {
    throw new UserError(`${file}: scorer.trained: unknown step ${trained}: use one of ${names.join(", ")}`);
  }
  const side = z.int().min(1);
  parseOptions(`${file}: searchInput`, z.tuple([side, side, side]), task.searchInput(recipe));
}
