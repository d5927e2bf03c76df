// Files that commands read from the folder of a run.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@supernet/base";
import { runPaths } from "../run/work-dir.js";
import { foundStep } from "../search/found-subnet.js";
import type { RunContext } from "../task/task.js";
import { openRun } from "./load.js";

/**
 * Opens the run in a folder.
 * @throws UserError if the folder has no run
 */
export async function openRunIn(workDir: string): Promise<RunContext> {
  const recipe = join(workDir, "recipe.yaml");
  if (existsSync(recipe)) return openRun(recipe);
  throw new UserError(`${workDir} is not the folder of a run: it has no recipe.yaml`);
}

/**
 * Returns the path of a file that a step writes.
 * @throws UserError if the step is not finished
 */
export function resultPath(workDir: string, step: string, name: string): string {
  const path = join(runPaths(workDir).stepFolder(step), name);
  if (existsSync(path)) return path;
  throw new UserError(
    `${path} does not exist: step ${step} is not finished: ` +
      `continue with supernet run RECIPE --work-dir ${workDir} --resume`,
  );
}

/**
 * Returns the path of the subnet that a run found, which its final networks have.
 * @throws UserError if the search is not finished
 */
export function foundSubnetPath(run: RunContext, workDir: string): string {
  const folder = (step = "search") => runPaths(workDir).stepFolder(step);
  return resultPath(workDir, foundStep({ run, recipe: run.recipe, folder }), "subnet.yaml");
}
