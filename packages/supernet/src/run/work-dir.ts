import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { fileError, makeFolder, UserError, writeFileAtomic } from "@supernet/base";
import { parse } from "yaml";
import { type Recipe, recipeToYaml, taskName } from "../recipe/common.js";

/** Paths in the folder of a run. */
export interface RunPaths {
  readonly path: string;
  readonly metrics: string;
  stepFolder(step: string): string;
}

/** Name of the found network as an ONNX model, in the folder of a run. */
export const MODEL_FILE = "model.onnx";

/** Returns the paths in the folder of a run. */
export const runPaths = (path: string): RunPaths => ({
  path,
  metrics: join(path, "metrics.jsonl"),
  stepFolder: (step) => join(path, "steps", step),
});

/** Folder of a run, locked for this process. */
export interface WorkDir extends RunPaths, Disposable {}

/**
 * Opens the folder of a run, creates it if it is missing, and writes the resolved recipe into it.
 * @throws UserError if it cannot be written, contains a run and `resume` is false, contains a run for another task, or
 *   is in use by another process
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
    requireSameTask(path, recipe);
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
  return { ...runPaths(path), [Symbol.dispose]: unlock };
}

const recipeFile = (path: string): string => join(path, "recipe.yaml");

/** Throws if the folder contains a run for another task: its recipe has no step in common with this one. */
function requireSameTask(path: string, { name, task }: Recipe): void {
  let previous: Partial<Recipe> | null;
  try {
    previous = parse(readFileSync(recipeFile(path), "utf8"));
  } catch {
    return; // The recipe does not exist yet, or is corrupt and will be replaced.
  }
  // A user's task may have been moved with its run.
  if (previous?.task === undefined || basename(taskName(previous.task)) === basename(taskName(task))) return;
  throw new UserError(`${path} holds a run of ${previous.name}, not of ${name}: choose another --work-dir`);
}

/**
 * Prevents two runs in one folder. A lock whose process no longer exists, as after a kill, is taken over.
 * @returns a function that releases the lock
 */
export function takeLock(path: string): () => void {
  for (let tries = 0; ; tries++) {
    try {
      const file = openSync(path, "wx");
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || tries > 2)
        throw fileError("write", path, error);
    }
    const owner = ownerOf(path);
    if (owner !== undefined && isAlive(owner)) {
      throw new UserError(
        `${path}: process ${owner} is using this folder: wait until it exits, or choose another --work-dir`,
      );
    }
    rmSync(path, { force: true });
  }
}

function ownerOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
