import { Random } from "@supernet/base";
import { sampleSubnet } from "@supernet/nas";
import { alignCandidates, SpaceClassifier } from "@supernet/nas/supernet";
import type { nn } from "@supernet/torch";
import { readSubnet } from "../../search/found-subnet.js";
import { buildSeeded, saveWeights } from "../../task/step-context.js";
import type { StepContext } from "../../task/task.js";
import { createSampler, EVALUATED_SUBNETS } from "../../training/sampling.js";
import type { ClassifierTraining, SupernetTraining } from "../../training/settings.js";
import { type ClassifierData, trainClassifier, trainClassifierSupernet } from "./classifier-training.js";
import type { LabeledRecipe } from "./labeled-images.js";

/** Trains a step's supernet as a classifier, from the start or the step's checkpoint, and saves its weights. */
export async function trainSupernet(
  context: StepContext<LabeledRecipe>,
  step: string,
  settings: SupernetTraining,
  data: ClassifierData,
  classes: number,
): Promise<void> {
  const { recipe, device, host, space } = context;
  const model = buildSeeded(context, step, () => new SpaceClassifier(space, classes));
  if (settings.candidates === "aligned" && space.alignment) alignCandidates(model, space.alignment);
  const probes = Array.from({ length: EVALUATED_SUBNETS }, (_, i) =>
    sampleSubnet(space, Random.of(recipe.seed, step, "probe", i)),
  );
  const { sampling } = settings;
  await trainClassifierSupernet(model, settings, data, device, host, {
    seed: recipe.seed,
    sampler: createSampler(space, sampling, {
      seed: recipe.seed,
      step,
      imageSize: recipe.classification.imageSize,
    }),
    distillation: sampling.kind === "sandwich" && sampling.distillation,
    probes,
  });
  saveWeights(context, model);
}

/**
 * Trains the found subnet alone in the step retrain, and saves its weights.
 * @param begin gives the network the weights to start from, where these are not new ones
 */
export async function retrainSubnet(
  context: StepContext<LabeledRecipe>,
  settings: ClassifierTraining,
  data: ClassifierData,
  classes: number,
  begin: (model: nn.Module) => void = () => {},
): Promise<void> {
  const { recipe, device, host, space } = context;
  const subnet = readSubnet(context);
  const model = buildSeeded(context, "retrain", () => new SpaceClassifier(space, classes, subnet));
  begin(model);
  await trainClassifier(model, settings, data, device, host, { seed: recipe.seed });
  saveWeights(context, model);
}
