// What commands read from the folder of a run.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@supernet/base";
import { openRun } from "../recipes/load.js";
import { runPaths } from "../run/work-dir.js";
import type { RunContext } from "../task/task.js";

/**
 * Opens the run in a folder.
 * @throws UserError if there is none
 */
export async function openRunIn(workDir: string): Promise<RunContext> {
  const recipe = join(workDir, "recipe.yaml");
  if (existsSync(recipe)) return openRun(recipe);
  throw new UserError(
    `--work-dir ${workDir} holds no run, as it has no recipe.yaml: name the folder of a run`,
  );
}

/**
 * Returns the path of a file that a step leaves in its folder.
 * @throws UserError if the step is not done
 */
export function resultPath(workDir: string, step: string, name: string): string {
  const path = join(runPaths(workDir).stepFolder(step), name);
  if (existsSync(path)) return path;
  throw new UserError(
    `${path} does not exist: step ${step} is not done: ` +
      `go on with supernet run RECIPE --work-dir ${workDir} --resume`,
  );
}
