import type { LatencySubject } from "../latency/subject.js";
import { loadRecipe } from "../recipe/load.js";
import { openSpace, openSpaceNamed } from "../recipe/open-space.js";
import { withSettings } from "../recipe/set.js";
import { usageError } from "./arguments.js";
import { parseInput } from "./input-size.js";

/** The options of a command by which it is told what latencies are of. */
export interface SubjectValues {
  readonly space?: string;
  readonly input?: string;
  readonly classifier?: string;
  readonly detector?: string;
  readonly set?: string[];
}

/** @throws UserError where the options name nothing, or two things; where a recipe's data is not there */
export async function latencySubject(values: SubjectValues): Promise<LatencySubject> {
  const { space, input, classifier, detector, set } = values;
  const option = classifier === undefined ? "--detector" : "--classifier";
  const name = classifier ?? detector;
  if (name !== undefined) {
    if (space !== undefined || input !== undefined) {
      throw usageError(`${option} has the space and the input of its recipe: leave --space and --input away`);
    }
    if (classifier !== undefined && detector !== undefined) {
      throw usageError("--classifier and --detector: give one of them");
    }
    return recipeSubject(option, name, set ?? []);
  }
  if (set !== undefined) throw usageError("--set changes a recipe: name one by --classifier or --detector");
  if (space === undefined) {
    throw usageError(
      "--space is missing: a name that supernet spaces lists, or a file; or a recipe by --classifier or --detector",
    );
  }
  const opened = await openSpaceNamed(space);
  const side = opened.imageSize ?? 224;
  return {
    space: opened,
    input: input === undefined ? [3, side, side] : parseInput(input),
    classes: null,
    detector: null,
  };
}

async function recipeSubject(option: string, name: string, set: readonly string[]): Promise<LatencySubject> {
  const recipe = withSettings(await loadRecipe(name), set);
  const task = option === "--classifier" ? "classification" : "detection";
  if (recipe.task === "detection" && task === "detection") {
    const { detectionClasses } = await import("../steps/detection/data.js");
    return {
      space: await openSpace(recipe.space),
      input: recipe.steps.search.input,
      classes: null,
      detector: { settings: recipe.detector, classes: detectionClasses(recipe).length },
    };
  }
  if (recipe.task === "classification" && task === "classification") {
    const { classificationSet } = await import("../steps/common/labelled-images.js");
    const { imageSize } = recipe.classification;
    return {
      space: await openSpace(recipe.space),
      input: [3, imageSize, imageSize],
      classes: classificationSet(recipe).classes.length,
      detector: null,
    };
  }
  const other = task === "detection" ? "--classifier" : "--detector";
  throw usageError(`${option} ${name}: it is a recipe for ${recipe.task}: take ${other} ${name}`);
}
