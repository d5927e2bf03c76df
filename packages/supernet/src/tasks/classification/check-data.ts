import { sampleCount } from "@supernet/vision";
import { resolveSchedule } from "../../training/schedule.js";
import { labeledVal, refuseIdleCache, refuseMoreThan } from "../shared/labeled-images.js";
import { trainingImages } from "./images.js";
import type { ClassificationRun } from "./settings.js";

// What the steps would find out by themselves, hours later.

/** @throws UserError if the training images are missing, or too few for what the recipe asks */
export function checkTrainingImages(run: ClassificationRun): void {
  const { recipe } = run;
  refuseIdleCache(recipe);
  const images = run.get(trainingImages);
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

/** @throws UserError if the test images are missing, or too few for what the recipe asks */
export function checkTestImages(run: ClassificationRun): void {
  const there = sampleCount(run.get(labeledVal));
  const { images, sampleImages } = run.recipe.steps.test;
  refuseMoreThan(there, "steps.test.images", images, "test images");
  refuseMoreThan(images ?? there, "steps.test.sampleImages", sampleImages, "images in the test");
}
