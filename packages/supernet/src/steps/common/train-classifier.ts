import { Random } from "@supernet/base";
import { sampleSubnet } from "@supernet/nas";
import type { nn } from "@supernet/torch";
import type { ClassifierTraining, SupernetTraining } from "../../recipe/training-schema.js";
import {
  type ClassifierData,
  trainClassifier,
  trainClassifierSupernet,
} from "../../training/classification.js";
import { EVALUATED_SUBNETS } from "../../training/sampling.js";
import { architectureOf } from "./architecture.js";
import { type StepContext, saveWeights, seeded, stepSampler } from "./context.js";
import { readSubnet } from "./subnet.js";

/** Trains a step's supernet as a classifier, from the start or the step's checkpoint, and saves its weights. */
export async function trainSupernet(
  context: StepContext,
  step: string,
  settings: SupernetTraining,
  data: ClassifierData,
  classes: number,
): Promise<void> {
  const { recipe, device, host, space } = context;
  const architecture = architectureOf(space, classes);
  const model = seeded(context, step, () => architecture.classifier());
  if (settings.candidates === "aligned") architecture.align(model);
  const probes = Array.from({ length: EVALUATED_SUBNETS }, (_, i) =>
    sampleSubnet(space, Random.of(recipe.seed, step, "probe", i)),
  );
  const { sampling } = settings;
  await trainClassifierSupernet(model, settings, data, device, host, {
    seed: recipe.seed,
    sampler: stepSampler(context, step, sampling),
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
  context: StepContext,
  settings: ClassifierTraining,
  data: ClassifierData,
  classes: number,
  begin: (model: nn.Module) => void = () => {},
): Promise<void> {
  const { recipe, device, host, space } = context;
  const subnet = readSubnet(context);
  const model = seeded(context, "retrain", () => architectureOf(space, classes).classifier(subnet));
  begin(model);
  await trainClassifier(model, settings, data, device, host, { seed: recipe.seed });
  saveWeights(context, model);
}
