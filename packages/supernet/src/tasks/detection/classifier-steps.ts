import { retrainSubnet, trainSupernet } from "../shared/classifier-steps.js";
import { openClassification } from "./data.js";
import type { DetectionContext } from "./settings.js";

/** Step 1 of DetNAS: the supernet learns to classify. */
export async function pretrain(context: DetectionContext): Promise<void> {
  const { pretrain: settings } = context.recipe.steps;
  using data = openClassification(context, settings);
  await trainSupernet(context, "pretrain", settings, data, data.classes.length);
}

/** Step 4: the found subnet learns to classify, from the start. */
export async function retrain(context: DetectionContext): Promise<void> {
  const { retrain: settings } = context.recipe.steps;
  using data = openClassification(context, settings);
  await retrainSubnet(context, settings, data, data.classes.length);
}
