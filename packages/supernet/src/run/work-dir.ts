import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileError, makeFolder, UserError, writeFileAtomic } from "@supernet/base";
import { parse } from "yaml";
import { type Recipe, type TaskRecipe, taskName } from "../recipe/common.js";
import { recipeToYaml } from "../recipe/print.js";
import { takeLock } from "./lock.js";

/** Where things are in the folder of a run. */
export interface Places {
  readonly path: string;
  readonly metrics: string;
  stepFolder(step: string): string;
}

export const placesIn = (path: string): Places => ({
  path,
  metrics: join(path, "metrics.jsonl"),
  stepFolder: (step) => join(path, "steps", step),
});

/** The folder of one run, open for writing. */
export interface WorkDir extends Places, Disposable {}

/**
 * Opens the folder of a run, makes it where it is missing, and writes the resolved recipe into it.
 * @throws UserError where it cannot be written, holds a run and `resume` is not given or a run of a recipe for
 *   another task, or another process uses it
 */
export function openWorkDir(path: string, recipe: Recipe, { resume }: { resume: boolean }): WorkDir {
  try {
    makeFolder(path);
    const entries = readdirSync(path);
    if (
      entries.length > 0 &&
      !entries.includes("recipe.yaml") &&
      !entries.every((name) => name.startsWith("."))
    ) {
      throw new UserError(`${path} holds other files: choose an empty --work-dir`);
    }
    if (entries.includes("recipe.yaml") && !resume) {
      throw new UserError(`${path} holds a run: add --resume to go on with it, or choose another --work-dir`);
    }
    refuseOther(path, recipe);
  } catch (error) {
    throw fileError("use the work-dir", path, error);
  }
  const unlock = takeLock(join(path, ".lock"));
  try {
    writeFileAtomic(recipeFile(path), recipeToYaml(recipe));
  } catch (error) {
    unlock();
    throw error;
  }
  return { ...placesIn(path), [Symbol.dispose]: unlock };
}

const recipeFile = (path: string): string => join(path, "recipe.yaml");

/** A recipe for another task has no step in common with the run: it is a mistake. */
function refuseOther(path: string, { name, task }: Recipe): void {
  let there: Partial<Recipe> | null;
  try {
    there = parse(readFileSync(recipeFile(path), "utf8"));
  } catch {
    return; // It is not there yet, or damaged, and is written anew.
  }
  if (there?.task === undefined || sameTask(there.task, task)) return;
  throw new UserError(`${path} holds a run of ${there.name}, not of ${name}: choose another --work-dir`);
}

/** A user's task may have changed since: what counts is its file. */
const sameTask = (one: TaskRecipe, other: TaskRecipe): boolean => taskName(one) === taskName(other);
