import { sampleCount } from "@supernet/vision";
import { resolveSchedule } from "../../training/schedule.js";
import { labeledImages, labeledVal, refuseMoreThan } from "../shared/labeled-images.js";
import { detectionOutline, refuseTooMany } from "./data.js";
import { detectorBuilder } from "./detector.js";
import type { DetectionRun } from "./settings.js";

// What the steps would find out by themselves, hours later.

/** @throws UserError if the labeled images are missing, or too few for what the recipe asks */
export function checkClassification(run: DetectionRun): void {
  const { classification, steps } = run.recipe;
  const { train } = run.get(labeledImages);
  const val = sampleCount(run.get(labeledVal));
  refuseMoreThan(val, "classification.evalImages", classification.evalImages, "images to evaluate");
  for (const step of ["pretrain", "retrain"] as const) resolveSchedule(steps[step], sampleCount(train), step);
}

/** @throws UserError if the images with boxes are missing, or too few for what the recipe asks */
export async function checkDetection(run: DetectionRun): Promise<void> {
  const { recipe } = run;
  // A user's detector is opened now: its mistakes are found before the first step.
  await run.get(detectorBuilder);
  const counts = await run.get(detectionOutline);
  refuseTooMany(recipe, counts);
  for (const step of ["finetune", "detector"] as const)
    resolveSchedule(recipe.steps[step], counts.train, step);
}
