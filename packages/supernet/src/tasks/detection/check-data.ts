import { sampleCount } from "@supernet/vision";
import { resolveSchedule } from "../../training/schedule.js";
import { labeledImages, labeledVal, requireEnoughImages } from "../shared/labeled-images.js";
import { checkDetectionCounts, detectionOutline } from "./data.js";
import type { DetectionRun } from "./settings.js";

/**
 * Checks the labeled images before any step starts, because a step would fail only hours later.
 * @throws UserError if they are missing, or there are fewer than the recipe asks for
 */
export function checkClassification(run: DetectionRun): void {
  const { classification, steps } = run.recipe;
  const { train } = run.get(labeledImages);
  requireEnoughImages("classification.evalImages", classification.evalImages, {
    count: sampleCount(run.get(labeledVal)),
    kind: "images to evaluate",
  });
  for (const step of ["pretrain", "retrain"] as const) resolveSchedule(steps[step], sampleCount(train), step);
}

/**
 * Checks the images with boxes before any step starts.
 * @throws UserError if they are missing, or there are fewer than the recipe asks for
 */
export async function checkDetection(run: DetectionRun): Promise<void> {
  const { recipe } = run;
  const counts = await run.get(detectionOutline);
  checkDetectionCounts(recipe, counts);
  for (const step of ["finetune", "detector"] as const)
    resolveSchedule(recipe.steps[step], counts.train, step);
}
