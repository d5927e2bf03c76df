import { UserError } from "@supernet/base";
import {
  type Constraints,
  classifierParts,
  createEstimator,
  hasLayer,
  IMAGE_CHANNELS,
  measuresOf,
  type NetworkSpace,
  requireImageSize,
  type SearchProblem,
} from "@supernet/nas";
import { predictLatency } from "../../latency/predict.js";
import { openLatencyTable } from "../../latency/table-file.js";
import type { ClassificationRecipe } from "../../recipe/schema.js";
import { checkCandidates, checkTraining } from "../common/check-training.js";
import { checkPrefilter, checkStrategy } from "../common/strategy.js";

/**
 * What the recipe searches. Its constraints hold for the whole classifier and one image as the network sees it.
 * @throws UserError where the data is not there, whose classes settle the size of the last layer; where the table of
 *   latencies does not fit
 */
export async function searchProblem(
  recipe: ClassificationRecipe,
  space: NetworkSpace,
): Promise<SearchProblem> {
  const { classificationSet } = await import("../common/labelled-images.js");
  const { imageSize } = recipe.classification;
  const { constraints: given, latency } = recipe.steps.search;
  const classes = classificationSet(recipe).classes.length;
  const input: [number, number, number] = [IMAGE_CHANNELS, imageSize, imageSize];
  const predicted = latency && predictLatency(openLatencyTable(latency), { space, input, classes });
  const measures = measuresOf({
    "": {
      ...createEstimator("classifier", classifierParts(space, classes), input),
      latency: predicted?.whole,
    },
  });
  const limits = Object.entries(given).filter(([, range]) => range !== undefined);
  const constraints: Constraints = Object.fromEntries(limits);
  return { space, constraints, ...measures, seed: recipe.seed };
}

/** @throws UserError where a setting is at odds with the space */
export function checkSpace(recipe: ClassificationRecipe, space: NetworkSpace): void {
  requireImageSize(space, recipe.classification.imageSize, "classification.imageSize");
  const { train, search, retrain } = recipe.steps;
  checkTraining(space, "train", train);
  checkCandidates(space, "train", train);
  if (retrain) checkTraining(space, "retrain", retrain);
  const { batchNorm, strategy } = search;
  checkStrategy(space, strategy);
  checkPrefilter(space, search.prefilter);
  if (hasLayer(space, "batch-norm")) {
    if (batchNorm !== null) return;
    throw new UserError(
      `steps.search.batchNorm: got null, but ${space.name} has batch-norm, whose statistics in the supernet belong ` +
        "to no subnet: give the training images to compute them over, such as {images: 512, batchSize: 64}",
    );
  }
  if (batchNorm !== null) {
    throw new UserError(`steps.search.batchNorm: ${space.name} has no batch-norm: set it to null`);
  }
}
