import { loadWeights } from "../../task/step-context.js";
import { retrainSubnet, trainSupernet } from "../shared/classifier-steps.js";
import { openLabelledImages } from "../shared/labeled-images.js";
import { trainingImages } from "./images.js";
import type { ClassificationContext } from "./settings.js";

/** Step 1: the supernet learns to classify. */
export async function train(context: ClassificationContext): Promise<void> {
  const { run, recipe } = context;
  const settings = recipe.steps.train;
  const images = run.get(trainingImages);
  using data = openLabelledImages(recipe, { train: images.train, val: images.heldOut }, settings);
  await trainSupernet(context, "train", settings, data, images.classes.length);
}

/** Step 3: the found subnet is trained alone, from the weights that it has in the supernet or from the start. */
export async function retrain(context: ClassificationContext): Promise<void> {
  const { run, recipe } = context;
  const settings = recipe.steps.retrain;
  if (settings === null) throw new Error("retrain: the recipe asks for none");
  const images = run.get(trainingImages);
  using data = openLabelledImages(recipe, { train: images.train, val: images.heldOut }, settings);
  await retrainSubnet(context, settings, data, images.classes.length, (model) => {
    if (settings.start === "inherited") loadWeights(context, "search", model);
  });
}
