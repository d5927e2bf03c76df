import { sampleCount } from "@supernet/vision";
import { resolveSchedule } from "../../training/schedule.js";
import { labeledVal, requireEnoughImages, requireUsefulCache } from "../shared/labeled-images.js";
import { trainingImages } from "./images.js";
import type { ClassificationRun } from "./settings.js";

/**
 * Checks the training images before any step starts, because a step would fail only hours later.
 * @throws UserError if they are missing, or there are fewer than the recipe asks for
 */
export function checkTrainingImages(run: ClassificationRun): void {
  const { recipe } = run;
  requireUsefulCache(recipe);
  const images = run.get(trainingImages);
  const [train, heldOut] = [sampleCount(images.train), sampleCount(images.heldOut)];
  const { classification, steps } = recipe;
  const { images: searchImages, batchNorm } = steps.search;
  const heldOutImages = { count: heldOut, kind: "held-out images" };
  requireEnoughImages("classification.evalImages", classification.evalImages, heldOutImages);
  requireEnoughImages("steps.search.images", searchImages, heldOutImages);
  requireEnoughImages("steps.search.batchNorm.images", batchNorm?.images ?? null, {
    count: train,
    kind: "training images",
  });
  resolveSchedule(steps.train, train, "train");
  if (steps.retrain) resolveSchedule(steps.retrain, train, "retrain");
}

/**
 * Checks the test images before any step starts.
 * @throws UserError if they are missing, or there are fewer than the recipe asks for
 */
export function checkTestImages(run: ClassificationRun): void {
  const count = sampleCount(run.get(labeledVal));
  const { images, sampleImages } = run.recipe.steps.test;
  requireEnoughImages("steps.test.images", images, { count, kind: "test images" });
  requireEnoughImages("steps.test.sampleImages", sampleImages, {
    count: images ?? count,
    kind: "images in the test",
  });
}
