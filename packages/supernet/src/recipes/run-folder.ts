// Files that commands read from the folder of a run.
import { existsSync, readdirSync } from "node:fs";
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

/**
 * Returns the step that makes the members of a run's front.
 * @throws UserError if there is none
 */
export function frontStep(run: RunContext, workDir: string): string {
  const front = run.task.steps(run.recipe).find(({ kind }) => kind === "front")?.name;
  if (front !== undefined) return front;
  throw new UserError(
    `${workDir} has no front: set steps.front in the recipe, and continue the run with --resume`,
  );
}

/**
 * Returns the files of the subnet that a step saved.
 * @param member member of the front, if the step is the front: a number, as `supernet front` lists them. Default: the
 *   found subnet.
 * @throws UserError if the step is not finished, or has no such member
 */
export function foundFiles(
  run: RunContext,
  workDir: string,
  { step, member }: { readonly step: string; readonly member?: number | undefined },
): { readonly subnet: string; readonly weights: string } {
  if (member === undefined)
    return {
      subnet: foundSubnetPath(run, workDir),
      weights: resultPath(workDir, step, "weights.safetensors"),
    };
  requireMember(workDir, step, String(member));
  const file = (name: string) => resultPath(workDir, step, join(String(member), name));
  return { subnet: file("subnet.yaml"), weights: file("weights.safetensors") };
}

/** @throws UserError if the step has made other members, but not this one */
function requireMember(workDir: string, step: string, member: string): void {
  const folder = runPaths(workDir).stepFolder(step);
  const members = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+$/.test(name)) : [];
  if (members.length === 0 || members.includes(member)) return;
  throw new UserError(
    `${folder} has no member ${member}: use a number from 1 to ${members.length}, as supernet front lists them`,
  );
}
