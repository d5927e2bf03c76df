import { trainClassifier } from "../../training/classification.js";
import { architectureOf } from "../common/architecture.js";
import { saveWeights, seeded } from "../common/context.js";
import { readSubnet } from "../common/subnet.js";
import { trainSupernet } from "../common/train-supernet.js";
import type { DetectionContext } from "./context.js";
import { openClassification } from "./data.js";

/** Step 1 of DetNAS: the supernet learns to classify. */
export async function pretrain(context: DetectionContext): Promise<void> {
  const { pretrain: settings } = context.recipe.steps;
  using data = openClassification(context, settings);
  await trainSupernet(context, "pretrain", settings, data, data.classes.length);
}

/** Step 4: the found subnet learns to classify, from the start. */
export async function retrain(context: DetectionContext): Promise<void> {
  const { recipe, device, host } = context;
  using data = openClassification(context, recipe.steps.retrain);
  const architecture = architectureOf(context.space, data.classes.length);
  const subnet = readSubnet(context);
  const model = seeded(context, "retrain", () => architecture.classifier(subnet));
  await trainClassifier(model, recipe.steps.retrain, data, device, host, { seed: recipe.seed });
  saveWeights(context, model);
}
