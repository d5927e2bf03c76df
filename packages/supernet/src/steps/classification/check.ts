import { sampleCount } from "@supernet/vision";
import type { ClassificationRecipe } from "../../recipe/schema.js";
import { resolveSchedule } from "../../training/schedule.js";
import { classificationSet, refuseIdleCache, refuseMoreThan } from "../common/labelled-images.js";
import { trainingImages } from "./images.js";

// What the steps would find out by themselves, hours later.

/** @throws UserError where the training images are not there, or too few for what the recipe asks */
export async function checkTrainingImages(recipe: ClassificationRecipe): Promise<void> {
  refuseIdleCache(recipe);
  const images = trainingImages(recipe);
  const [train, heldOut] = [sampleCount(images.train), sampleCount(images.heldOut)];
  const { classification, steps } = recipe;
  refuseMoreThan(heldOut, "classification.evalImages", classification.evalImages, "held-out images");
  refuseMoreThan(heldOut, "steps.search.images", steps.search.images, "held-out images");
  refuseMoreThan(
    train,
    "steps.search.batchNorm.images",
    steps.search.batchNorm?.images ?? null,
    "training images",
  );
  resolveSchedule(steps.train, train, "train");
  if (steps.retrain) resolveSchedule(steps.retrain, train, "retrain");
}

/** @throws UserError where the test images are not there, or too few for what the recipe asks */
export async function checkTestImages(recipe: ClassificationRecipe): Promise<void> {
  const there = sampleCount(classificationSet(recipe).openVal());
  const { images, sampleImages } = recipe.steps.test;
  refuseMoreThan(there, "steps.test.images", images, "test images");
  refuseMoreThan(images ?? there, "steps.test.sampleImages", sampleImages, "images in the test");
}
