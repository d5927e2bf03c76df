import { trainClassifier } from "../../training/classification.js";
import { architectureOf } from "../common/architecture.js";
import { loadWeights, saveWeights, seeded } from "../common/context.js";
import { openLabelledImages } from "../common/labelled-images.js";
import { readSubnet } from "../common/subnet.js";
import { trainSupernet } from "../common/train-supernet.js";
import type { ClassificationContext } from "./context.js";
import { trainingImages } from "./images.js";

/** Step 1: the supernet learns to classify. */
export async function train(context: ClassificationContext): Promise<void> {
  const { recipe } = context;
  const settings = recipe.steps.train;
  const images = trainingImages(recipe);
  using data = openLabelledImages(recipe, { train: images.train, val: images.heldOut }, settings);
  await trainSupernet(context, "train", settings, data, images.classes.length);
}

/** Step 3: the found subnet is trained alone, from the weights that it has in the supernet or from the start. */
export async function retrain(context: ClassificationContext): Promise<void> {
  const { recipe, device, host, space } = context;
  const settings = recipe.steps.retrain;
  if (settings === null) throw new Error("retrain: the recipe asks for none");
  const images = trainingImages(recipe);
  using data = openLabelledImages(recipe, { train: images.train, val: images.heldOut }, settings);
  const subnet = readSubnet(context);
  const model = seeded(context, "retrain", () =>
    architectureOf(space, images.classes.length).classifier(subnet),
  );
  if (settings.start === "inherited") loadWeights(context, "search", model);
  await trainClassifier(model, settings, data, device, host, { seed: recipe.seed });
  saveWeights(context, model);
}
