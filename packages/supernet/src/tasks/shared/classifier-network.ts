import { classifierModel } from "../../network/space-models.js";
import { searchedSpace } from "../../task/run-context.js";
import type { NetworkWeights, ProfiledNetwork, RunContext } from "../../task/task.js";
import type { LabeledRecipe } from "./labeled-images.js";

// Images are listed by modules that load the engine: they are imported when a network is opened.

/** The number of classes of a run's labeled images. */
export async function labeledClasses(run: RunContext<LabeledRecipe>): Promise<number> {
  const { labeledImages } = await import("./labeled-images.js");
  return run.get(labeledImages).classes.length;
}

/** Describes the classifier of a recipe, with the classes of its data. */
export async function profiledClassifier(run: RunContext<LabeledRecipe>): Promise<ProfiledNetwork> {
  const { name, classification } = run.recipe;
  const space = await run.get(searchedSpace);
  const classes = await labeledClasses(run);
  return {
    title: `classifier of ${name} on ${space.name}, ${classes} classes`,
    model: classifierModel(space, classes),
    input: [3, classification.imageSize, classification.imageSize],
  };
}

/** The weights that steps leave in classifiers. */
export const classifierWeights = (
  steps: Pick<NetworkWeights, "subnetSteps" | "supernetSteps">,
): NetworkWeights => ({
  ...steps,
  async load(run, file, subnet) {
    const { loadClassifier } = await import("../../network/load.js");
    const classifier = loadClassifier(await run.get(searchedSpace), file, subnet);
    return { network: classifier, searched: classifier };
  },
});
