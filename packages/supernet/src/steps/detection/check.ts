import { sampleCount } from "@supernet/vision";
import type { DetectionRecipe } from "../../recipe/schema.js";
import { resolveSchedule } from "../../training/schedule.js";
import { classificationSet, refuseMoreThan } from "../common/labelled-images.js";
import { outlineDetection, refuseTooMany } from "./data.js";

// What the steps would find out by themselves, hours later.

/** @throws UserError where the labelled images are not there, or too few for what the recipe asks */
export async function checkClassification(recipe: DetectionRecipe): Promise<void> {
  const { train, openVal } = classificationSet(recipe);
  const { evalImages } = recipe.classification;
  refuseMoreThan(sampleCount(openVal()), "classification.evalImages", evalImages, "images to evaluate");
  for (const step of ["pretrain", "retrain"] as const)
    resolveSchedule(recipe.steps[step], sampleCount(train), step);
}

/**
 * @throws UserError where the images with boxes are not there, or too few for what the recipe asks
 */
export async function checkDetection(recipe: DetectionRecipe): Promise<void> {
  const counts = await outlineDetection(recipe);
  refuseTooMany(recipe, counts);
  for (const step of ["finetune", "detector"] as const)
    resolveSchedule(recipe.steps[step], counts.train, step);
}
