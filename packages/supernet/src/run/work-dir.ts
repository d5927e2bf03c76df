import { readdirSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@supernet/torch/errors";
import { fileError, makeFolder, writeFileAtomic } from "@supernet/torch/files";
import { recipeToYaml } from "../recipe/print.js";
import type { Recipe } from "../recipe/schema.js";
import { takeLock } from "./lock.js";

/** The folder of one run, open for writing. */
export interface WorkDir extends Disposable {
  readonly path: string;
  readonly metrics: string;
  stepFolder(step: string): string;
}

/**
 * Opens the folder of a run, makes it where it is missing, and writes the resolved recipe into it.
 * @throws UserError where it cannot be written, holds a run and `resume` is not given, or another process uses it
 */
export function openWorkDir(path: string, recipe: Recipe, { resume }: { resume: boolean }): WorkDir {
  const started = join(path, "recipe.yaml");
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
  } catch (error) {
    throw fileError("use the work-dir", path, error);
  }
  const unlock = takeLock(join(path, ".lock"));
  try {
    writeFileAtomic(started, recipeToYaml(recipe));
  } catch (error) {
    unlock();
    throw error;
  }
  return {
    path,
    metrics: join(path, "metrics.jsonl"),
    stepFolder: (step) => join(path, "steps", step),
    [Symbol.dispose]: unlock,
  };
}
