import { Random } from "@supernet/base";
import { type Sampler, type Subnet, sampleSubnet } from "@supernet/nas";
import { buildDetector } from "@supernet/vision";
import type { DetectorTraining } from "../../recipe/training-schema.js";
import {
  type DetectorModel,
  evaluateDetector,
  evaluateSubnet,
  trainDetector,
} from "../../training/detection.js";
import { type Architecture, architectureOf } from "../common/architecture.js";
import { loadWeights, saveWeights, seeded, stepSampler } from "../common/context.js";
import { readSubnet } from "../common/subnet.js";
import type { DetectionContext } from "./context.js";
import { type DetectionData, openDetection } from "./data.js";

/** The architecture where only its backbone matters: the classifier's last layer is not built. */
export const backboneArchitecture = (context: DetectionContext): Architecture =>
  architectureOf(context.space, 1);

/** The detector of the recipe around the supernet, or around one subnet. */
export function detectorModel(
  context: DetectionContext,
  data: DetectionData,
  step: string,
  subnet?: Subnet,
): DetectorModel {
  const backbone = backboneArchitecture(context).backbone(subnet);
  const detector = seeded(context, step, () =>
    buildDetector(backbone, context.recipe.detector, data.classes.length),
  );
  return { detector, backbone };
}

/**
 * Step 2 of DetNAS: the supernet, with the weights of step 1, is fine-tuned inside the detector.
 */
export async function finetune(context: DetectionContext): Promise<void> {
  const { recipe, device } = context;
  using data = await openDetection(context, recipe.steps.finetune);
  const architecture = backboneArchitecture(context);
  const model = detectorModel(context, data, "finetune");
  loadWeights(context, "pretrain", model.backbone, "backbone.");
  const probe = sampleSubnet(architecture.space, Random.of(recipe.seed, "finetune", "probe"));
  const { batchNorm } = recipe.steps.search;
  const evaluate = async () => {
    const { metrics } = await evaluateSubnet(model, probe, data.search, data.calibration, batchNorm, device);
    return { AP: metrics.AP, AP50: metrics.AP50 };
  };
  const sampler = stepSampler(context, "finetune", recipe.steps.finetune.sampling);
  await fit(context, model, data, recipe.steps.finetune, evaluate, sampler);
  saveWeights(context, model.detector);
}

/** Step 5: the found subnet, with the weights of step 4, is fine-tuned inside the detector. */
export async function detector(context: DetectionContext): Promise<void> {
  const { recipe, device } = context;
  using data = await openDetection(context, recipe.steps.detector);
  const subnet = readSubnet(context);
  const model = detectorModel(context, data, "detector", subnet);
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
