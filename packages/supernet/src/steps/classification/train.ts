import { sampleSubnet } from "@supernet/nas";
import { Random } from "@supernet/torch";
import { trainClassifier, trainClassifierSupernet } from "../../training/classification.js";
import { PROBES } from "../../training/probes.js";
import { architectureOf } from "../common/architecture.js";
import { loadWeights, saveWeights, seeded, stepSampler } from "../common/context.js";
import { openLabelledImages } from "../common/labelled-images.js";
import { readSubnet } from "../common/subnet.js";
import type { ClassificationContext } from "./context.js";
import { trainingImages } from "./images.js";

/** Step 1: the supernet learns to classify. */
export async function train(context: ClassificationContext): Promise<void> {
  const { recipe, device, host, space } = context;
  const settings = recipe.steps.train;
  const images = trainingImages(recipe);
  using data = openLabelledImages(recipe, { train: images.train, val: images.heldOut }, settings);
  const architecture = architectureOf(space, images.classes.length);
  const model = seeded(context, "train", () => architecture.classifier());
  if (settings.candidates === "aligned") architecture.align(model);
  const probes = Array.from({ length: PROBES }, (_, i) =>
    sampleSubnet(space, Random.of(recipe.seed, "train", "probe", i)),
  );
  const { sampling } = settings;
  await trainClassifierSupernet(model, settings, data, device, host, {
    seed: recipe.seed,
    sampler: stepSampler(context, "train", sampling),
    distillation: sampling.kind === "sandwich" && sampling.distillation,
    probes,
  });
  saveWeights(context, model);
}

/** Step 3: the found subnet is trained alone, from the weights that it has in the supernet or from the start. */
export async function retrain(context: ClassificationContext): Promise<void> {
  const { recipe, device, host, space } = context;
  const settings = recipe.steps.retrain;
  if (settings === null) throw new Error("retrain: the recipe asks for none");
  const images = trainingImages(recipe);
  using data = openLabelledImages(recipe, { train: images.train, val: images.heldOut }, settings);
  const subnet = readSubnet(context);
  const model = seeded(context, "retrain", () =>
    architectureOf(space, images.classes.length).classifier(subnet),
  );
  if (settings.start === "inherited") loadWeights(context, "search", model);
  await trainClassifier(model, settings, data, device, host, { seed: recipe.seed });
  saveWeights(context, model);
}
