import type { LatencySubject } from "../latency/subject.js";
import { backboneModel, featuresModel } from "../network/space-models.js";
import { openSpaceNamed } from "../recipe/open-space.js";
import { openRun } from "../recipes/load.js";
import { latencySubject as runSubject } from "../search/problem.js";
import { usageError } from "./arguments.js";
import { parseInput } from "./input-size.js";
import { recipeOption } from "./recipe-option.js";

/** The options of a command that say whose latency it measures. */
export interface SubjectValues {
  readonly space?: string;
  readonly input?: string;
  readonly recipe?: string;
  readonly classifier?: string;
  readonly detector?: string;
  readonly set?: string[];
}

/** @throws UserError if the options name nothing, or two things, or a recipe's data is missing */
export async function latencySubject(values: SubjectValues): Promise<LatencySubject> {
  const { space: named, input, set } = values;
  const recipe = recipeOption(values, false);
  if (recipe !== undefined) {
    if (named !== undefined || input !== undefined) {
      throw usageError("--recipe has a space and an input of its own: omit --space and --input");
    }
    return runSubject(await openRun(recipe, set));
  }
  if (set !== undefined) throw usageError("--set is for a recipe: name one with --recipe");
  if (named === undefined) {
    throw usageError("--space is missing: a name that supernet spaces lists, or a file; or name a --recipe");
  }
  const space = await openSpaceNamed(named);
  const side = space.imageSize ?? 224;
  return {
    space,
    input: input === undefined ? [3, side, side] : parseInput(input),
    models: [featuresModel(space), ...(space.maps.length > 0 ? [backboneModel(space)] : [])],
  };
}
