import { requireImageSize, requireMaps } from "@supernet/nas";
import { sampleCount } from "@supernet/vision";
import { openSpace } from "../../recipe/open-space.js";
import type { DetectionRecipe } from "../../recipe/schema.js";
import { lengthOf } from "../../training/length.js";
import { classificationSet, refuseMoreThan } from "../common/labelled-images.js";
import { outlineDetection, refuseTooMany } from "./data.js";

// What the steps would find out by themselves, hours later.

/**
 * @throws UserError where the space takes images of another size, or the labelled images are not there, or too few for
 *   what the recipe asks
 */
export async function checkClassification(recipe: DetectionRecipe): Promise<void> {
  const { imageSize } = recipe.classification;
  requireImageSize(await openSpace(recipe.space), imageSize, "classification.imageSize");
  const { train, openVal } = classificationSet(recipe);
  const { evalImages } = recipe.classification;
  refuseMoreThan(sampleCount(openVal()), "classification.evalImages", evalImages, "images to evaluate");
  for (const step of ["pretrain", "retrain"] as const) lengthOf(recipe.steps[step], sampleCount(train), step);
}

/**
 * @throws UserError where no detector can stand on the space, or the images with boxes are not there, or too few for
 *   what the recipe asks
 */
export async function checkDetection(recipe: DetectionRecipe): Promise<void> {
  requireMaps(await openSpace(recipe.space));
  const counts = await outlineDetection(recipe);
  refuseTooMany(recipe, counts);
  for (const step of ["finetune", "detector"] as const) lengthOf(recipe.steps[step], counts.train, step);
}
