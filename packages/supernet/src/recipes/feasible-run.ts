import { withTableContent } from "../latency/table-file.js";
import { withSpaceContent } from "../recipe/open-space.js";
import { openStrategy } from "../search/open-strategy.js";
import { problemBeforeRun } from "../search/problem.js";
import { searchedSpace } from "../task/run-context.js";
import type { RunContext } from "../task/task.js";
import { createRun, openRun } from "./load.js";

/**
 * Opens a recipe as `openRun` does, and checks that its space has subnets that meet the constraints. Otherwise a run
 * would fail only after the supernet is trained.
 * @throws UserError if the recipe has a mistake or its constraints cannot be met
 */
export async function openFeasibleRun(
  nameOrPath: string,
  settings: readonly string[] = [],
): Promise<RunContext> {
  const given = await openRun(nameOrPath, settings);
  const recipe = withTableContent(await withSpaceContent(given.recipe));
  const run = createRun(recipe, given.task);
  given.task.checkSpace?.(recipe, await run.get(searchedSpace));
  await checkFeasibility(run);
  return run;
}

/**
 * Checks that the space of a run has subnets that meet the constraints.
 * @throws UserError if it has none, or data that the constraints depend on is missing
 */
export async function checkFeasibility(run: RunContext): Promise<void> {
  openStrategy(await problemBeforeRun(run), run.recipe.steps.search);
}
