import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { fileError, makeFolder, UserError, writeFileAtomic } from "@supernet/base";
import { parse } from "yaml";
import { type Recipe, recipeToYaml, taskName } from "../recipe/common.js";
import { FINISHED } from "./step-files.js";

/** Paths in a run's folder. */
export interface RunPaths {
  readonly path: string;
  readonly metrics: string;
  stepFolder(step: string): string;
}

/** Name of the ONNX file of the found network, in a run's folder. */
export const MODEL_FILE = "model.onnx";

/** Returns the paths in a run's folder. */
export const runPaths = (path: string): RunPaths => ({
  path,
  metrics: join(path, "metrics.jsonl"),
  stepFolder: (step) => join(path, "steps", step),
});

/** A run's folder, locked for this process. */
export interface WorkDir extends RunPaths, Disposable {}

/**
 * Opens a run's folder and writes the resolved recipe into it. Creates the folder if it does not exist.
 * @throws UserError if the folder cannot be written, or is in use by another process
 * @throws UserError if it contains other files, a run of another task, or any run while `resume` is false
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
      throw new UserError(`${path} contains other files: choose an empty --work-dir`);
    }
    // A run that failed before its first result leaves nothing to continue.
    if (hasResults(join(path, "steps"))) {
      if (!resume) {
        throw new UserError(
          `${path} contains a run: add --resume to continue it, or choose another --work-dir`,
        );
      }
      requireSameRun(path, recipe);
    }
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

/** Checks whether a step has finished or has a checkpoint. */
const hasResults = (steps: string): boolean =>
  existsSync(steps) &&
  readdirSync(steps, { recursive: true, encoding: "utf8" }).some((path) => {
    const name = basename(path);
    return name === FINISHED || name.startsWith("checkpoint");
  });

const recipeFile = (path: string): string => join(path, "recipe.yaml");

/** Throws if the folder contains a run of another task, or one that begins elsewhere: its results would be lost. */
function requireSameRun(path: string, { name, task, start }: Recipe): void {
  let previous: Partial<Recipe> | null;
  try {
    previous = parse(readFileSync(recipeFile(path), "utf8"));
  } catch {
    return; // The recipe does not exist yet, or is corrupt and will be replaced.
  }
  if (previous?.task === undefined) return;
  // Only file names are compared, because a user's task may have been moved with its run.
  if (basename(taskName(previous.task)) !== basename(taskName(task)))
    throw new UserError(
      `${path} contains a run of ${previous.name}, not of ${name}: choose another --work-dir`,
    );
  const [own, given] = [previous.start ?? null, start].map((each) => JSON.stringify(each));
  if (own === given) return;
  throw new UserError(
    `${path} contains a run that begins with other steps or files (start: ${own}, not ${given}): ` +
      "use the same --from, --subnet and --weights, or choose another --work-dir",
  );
}

/**
 * Locks a folder against a second run. Takes over a lock whose process no longer exists, for example after a kill.
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
