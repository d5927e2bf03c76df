import { Random } from "@supernet/base";
import { type Sampler, type Subnet, sampleSubnet } from "@supernet/nas";
import { SpaceBackbone } from "@supernet/nas/supernet";
import { readSubnet } from "../../search/found-subnet.js";
import { buildSeeded, loadWeights, saveWeights } from "../../task/step-context.js";
import { createSampler } from "../../training/sampling.js";
import type { DetectorTraining } from "../../training/settings.js";
import { type DetectionData, openDetection } from "./data.js";
import { detectorBuilder } from "./detector.js";
import type { DetectionContext } from "./settings.js";
import { type DetectorModel, evaluateDetector, evaluateSubnet, trainDetector } from "./training.js";

/** Builds the detector of the recipe around the supernet, or around one subnet. */
export async function buildModel(
  context: DetectionContext,
  data: DetectionData,
  step: string,
  subnet?: Subnet,
): Promise<DetectorModel> {
  const build = await context.run.get(detectorBuilder);
  const backbone = new SpaceBackbone(context.space, subnet);
  const detector = buildSeeded(context, step, () => build(backbone, data.classes.length));
  return { detector, backbone };
}

/**
 * Step 2 of DetNAS: the supernet, with the weights of step 1, is fine-tuned inside the detector.
 */
export async function finetune(context: DetectionContext): Promise<void> {
  const { recipe, device, space } = context;
  using data = await openDetection(context, recipe.steps.finetune);
  const model = await buildModel(context, data, "finetune");
  loadWeights(context, "pretrain", model.backbone, "backbone.");
  const probe = sampleSubnet(space, Random.of(recipe.seed, "finetune", "probe"));
  const { batchNorm } = recipe.steps.search;
  const evaluate = async () => {
    const { metrics } = await evaluateSubnet(model, probe, data.search, data.calibration, batchNorm, device);
    return { AP: metrics.AP, AP50: metrics.AP50 };
  };
  const { seed, classification } = recipe;
  const sampler = createSampler(space, recipe.steps.finetune.sampling, {
    seed,
    step: "finetune",
    imageSize: classification.imageSize,
  });
  await fit(context, model, data, recipe.steps.finetune, evaluate, sampler);
  saveWeights(context, model.detector);
}

/** Step 5: the found subnet, with the weights of step 4, is fine-tuned inside the detector. */
export async function detector(context: DetectionContext): Promise<void> {
  const { recipe, device } = context;
  using data = await openDetection(context, recipe.steps.detector);
  const subnet = readSubnet(context);
  const model = await buildModel(context, data, "detector", subnet);
  loadWeights(context, "retrain", model.backbone, "backbone.");
  const evaluate = async () => {
    const { metrics } = await evaluateDetector(model.detector, data.search, device);
    return { AP: metrics.AP, AP50: metrics.AP50 };
  };
  await fit(context, model, data, recipe.steps.detector, evaluate);
  saveWeights(context, model.detector);
}

async function fit(
  context: DetectionContext,
  model: DetectorModel,
  data: DetectionData,
  settings: DetectorTraining,
  evaluate: () => Promise<Record<string, number>>,
  sampler?: Sampler,
): Promise<void> {
  const { recipe, device, host } = context;
  const options = { seed: recipe.seed, evaluate, ...(sampler && { sampler }) };
  await trainDetector(model, settings, data.train, device, host, options);
}
