import type { Recipe } from "../recipe/common.js";
import { prepareEngine } from "../run/engine.js";
import type { StepRun } from "../run/step.js";
import type { RunContext } from "./run-context.js";
import { searchedSpace } from "./space.js";
import type { StepContext } from "./step-context.js";

/** Opens the context of a step that runs on the engine. */
export async function openContext<R extends Recipe>(
  run: RunContext<R>,
  stepRun: StepRun,
): Promise<StepContext<R>> {
  const { recipe } = run;
  const space = await run.get(searchedSpace as (run: RunContext<R>) => ReturnType<typeof searchedSpace>);
  return { ...stepRun, run, recipe, device: prepareEngine(recipe), space };
}
