import { sampleSubnet } from "@supernet/nas";
import { Random } from "@supernet/torch";
import { trainClassifier, trainClassifierSupernet } from "../../training/classification.js";
import { PROBES } from "../../training/probes.js";
import { architectureOf } from "../common/architecture.js";
import { saveWeights, seeded, stepSampler } from "../common/context.js";
import { readSubnet } from "../common/subnet.js";
import type { DetectionContext } from "./context.js";
import { openClassification } from "./data.js";

/** Step 1 of DetNAS: the supernet learns to classify. */
export async function pretrain(context: DetectionContext): Promise<void> {
  const { recipe, device, host } = context;
  using data = openClassification(context, recipe.steps.pretrain);
  const architecture = architectureOf(context.space, data.classes.length);
  const model = seeded(context, "pretrain", () => architecture.classifier());
  if (recipe.steps.pretrain.candidates === "aligned") architecture.align(model);
  const probes = Array.from({ length: PROBES }, (_, i) =>
    sampleSubnet(architecture.space, Random.of(recipe.seed, "pretrain", "probe", i)),
  );
  const { sampling } = recipe.steps.pretrain;
  await trainClassifierSupernet(model, recipe.steps.pretrain, data, device, host, {
    seed: recipe.seed,
    sampler: stepSampler(context, "pretrain", sampling),
    distillation: sampling.kind === "sandwich" && sampling.distillation,
    probes,
  });
  saveWeights(context, model);
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
