import { UserError } from "@supernet/base";
import { hasLayer, type NetworkSpace, requireImageSize } from "@supernet/nas";
import { checkPrefilter, checkStrategy } from "../../search/check-space.js";
import { checkCandidates, checkTraining } from "../shared/check-training.js";
import type { ClassificationRecipe } from "./settings.js";

/** @throws UserError if a setting does not fit the space */
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
