import { foundStep } from "../../search/found-subnet.js";
import { retrainSubnet, trainSupernet } from "../shared/classifier-training.js";
import { type Batching, type ClassifierData, openClassifierData } from "../shared/labeled-images.js";
import type { TrainedOn } from "../shared/trained-on.settings.js";
import { trainedImages, trainingImages } from "./images.js";
import type { ClassificationContext } from "./settings.js";

/** Step 1: trains the supernet as a classifier. */
export async function train(context: ClassificationContext): Promise<void> {
  const settings = context.recipe.steps.train;
  using data = openTrainingData(context, settings);
  await trainSupernet(context, settings, data);
}

/** Step 3: trains the found subnet by itself, from the supernet's weights or from scratch. */
export async function retrain(context: ClassificationContext): Promise<void> {
  const settings = context.recipe.steps.retrain;
  if (settings === null) throw new Error("retrain: steps.retrain is null");
  using data = openTrainingData(context, settings);
  await retrainSubnet(context, settings, data, {
    startFrom: settings.start === "inherited" ? foundStep(context) : undefined,
    evaluated: settings.data !== "train+search",
  });
}

function openTrainingData(
  { run, recipe }: ClassificationContext,
  settings: Batching & { readonly data?: TrainedOn },
): ClassifierData {
  const images = run.get(trainingImages);
  const { classes, heldOut } = images;
  const train = trainedImages(images, settings);
  return openClassifierData(recipe, { classes, train, val: heldOut }, settings);
}
