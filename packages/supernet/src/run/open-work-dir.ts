import { existsSync, ftruncateSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { fileError, makeFolder, UserError, writeFileAtomic } from "@supernet/base";
import { type FileLock, tryFileLock } from "@supernet/vision/file-lock";
import { parse } from "yaml";
import { type Recipe, recipeToYaml, taskName } from "../recipe/common.js";
import { FINISHED } from "./step-files.js";
import { type RunPaths, runPaths } from "./work-dir.js";

/** A run's folder, locked for this process. */
export interface WorkDir extends RunPaths, Disposable {
  /** False if the file system does not support locks, so that another run may use the folder too. */
  readonly exclusive: boolean;
}

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
  const lock = takeLock(join(path, ".lock"));
  try {
    writeFileAtomic(recipeFile(path), recipeToYaml(recipe));
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
  return { ...runPaths(path), exclusive: lock.exclusive, [Symbol.dispose]: () => lock[Symbol.dispose]() };
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

/** Takes the lock of a folder, in which it writes who has it. */
function takeLock(path: string): FileLock {
  const lock = tryFileLock(path);
  if (lock === undefined)
    throw new UserError(
      `${path}: ${ownerOf(path)} is using this folder: wait until it exits, or choose another --work-dir`,
    );
  try {
    ftruncateSync(lock.file);
    writeSync(lock.file, JSON.stringify({ pid: process.pid, host: hostname() }));
  } catch (error) {
    lock[Symbol.dispose]();
    throw fileError("write", path, error);
  }
  return lock;
}

function ownerOf(path: string): string {
  try {
    const { pid, host } = JSON.parse(readFileSync(path, "utf8"));
    return `process ${Number(pid)} of ${JSON.stringify(host)}`;
  } catch {
    return "another process";
  }
}
