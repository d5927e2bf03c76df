import { child, crossFieldCheck, requireObject, UserError } from "@supernet/base";
import { z } from "zod";
import { type Recipe, recipeSchema, taskFileSchema } from "../recipe/common.js";
import { describeProblems, joinProblems } from "../recipe/problems.js";
import { applySettings } from "../recipe/set.js";
import type { Task } from "../task/task.js";
import { type RecipeInputs, type Recipes, TASKS } from "../tasks/index.js";

/**
 * Checks a recipe of a built-in task. Recipes are plain objects: use spread to derive one from another.
 * @returns the recipe with its defaults
 * @throws UserError with the path of each mistake
 * @example
 * export default defineRecipe({ ...detnasQuickstart, name: "mine", seed: 1 });
 */
export function defineRecipe<T extends keyof RecipeInputs>(
  recipe: RecipeInputs[T] & { task: T },
): Recipes[T] {
  requireObject("defineRecipe: recipe", recipe);
  return parseRecipe(recipe, `defineRecipe: ${recipe.name ?? "a recipe"}`) as Recipe as Recipes[T];
}

/**
 * Checks that a value is a recipe.
 * @param source start of the message: the path of a file, or `recipe NAME`
 * @param task task of the recipe. Default: the built-in one that the value names.
 * @throws UserError with the path of each mistake, and the nearest valid key of an unknown one
 */
export function parseRecipe(value: unknown, source: string, task?: Task): Recipe {
  const checked = checkRecipe(value, task);
  if ("recipe" in checked) return checked.recipe;
  throw new UserError(`${source}: ${joinProblems(checked.problems)}`);
}

/** Replaces values of a recipe: see `applySettings`. */
export const withSettings = <R extends Recipe>(recipe: R, settings: readonly string[], task?: Task): R =>
  applySettings(recipe, settings, (value) => checkRecipe(value, task));

/** Returns the built-in task with a name; undefined if there is none. */
export function builtInTask(name: unknown): Task | undefined {
  return typeof name === "string" && Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
}

/** Returns a value as a recipe, or its problems. */
function checkRecipe(value: unknown, task = builtInTask(child(value, "task"))): Checked {
  const schema = task === undefined ? unknownTask : schemaOf(task);
  const result = schema.safeParse(value);
  if (result.success && task === undefined)
    return { problems: ["task is in a file: export the recipe without defineRecipe"] };
  if (result.success) return { recipe: result.data as Recipe };
  return { problems: describeProblems(schema, value, result.error.issues) };
}

type Checked = { readonly recipe: Recipe } | { readonly problems: readonly string[] };

/** The `task` of any recipe. */
export const taskSchema = z
  .union([taskFileSchema, z.enum(Object.keys(TASKS))])
  .describe("Built-in task, or a file with your own. A setting cannot change it.");

/** Reports only the task, because the other keys depend on it. */
const unknownTask = z.looseObject({ task: taskSchema });

const schemas = new WeakMap<Task, z.ZodType>();

function schemaOf(task: Task): z.ZodType {
  const known = schemas.get(task);
  if (known) return known;
  const name = builtInTask(task.name) === task ? z.literal(task.name) : taskFileSchema;
  const schema = recipeSchema(name, task.settings).superRefine(
    crossFieldCheck((recipe, addIssue) => task.check?.(recipe as unknown as Recipe, addIssue)),
  );
  schemas.set(task, schema);
  return schema;
}
