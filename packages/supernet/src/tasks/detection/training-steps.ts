import { Random } from "@supernet/base";
import { type Subnet, sampleSubnet } from "@supernet/nas";
import { readSubnet } from "../../search/found-subnet.js";
import { loadWeights, saveWeights } from "../../task/step-context.js";
import { createSampler } from "../../training/sampling.js";
import { train } from "../../training/train.js";
import { retrainSubnet, trainSupernet } from "../shared/classifier-training.js";
import { openClassification, openDetection } from "./data.js";
import type { DetectionContext } from "./settings.js";
import { openDecisions, searchInput } from "./space.js";
import { buildModel, detectorTraining, evaluateDetector, evaluateSubnet } from "./training.js";
import { wholeEstimator } from "./whole.js";

/** Step 1 of DetNAS: trains the supernet as a classifier. */
export async function pretrain(context: DetectionContext): Promise<void> {
  const settings = context.recipe.steps.pretrain;
  using data = openClassification(context, settings);
  await trainSupernet(context, settings, data);
}

/** Step 2: fine-tunes the supernet in the detector, starting with the weights of step 1. */
export async function finetune(context: DetectionContext): Promise<void> {
  const { recipe, device, host, space } = context;
  const { seed, classification, steps } = recipe;
  const settings = steps.finetune;
  using data = await openDetection(context, settings);
  const model = await buildModel(context, { step: "finetune", data });
  loadWeights(context, "pretrain", model.backbone, "backbone.");
  const probe = sampleSubnet(space, Random.of(seed, "finetune", "probe"));
  const { search: split, calibration } = data.of(probe);
  const { batchNorm } = steps.search;
  const evaluate = () => evaluateSubnet(model, probe, { split, calibration, batchNorm, device });
  const { imageSize } = classification;
  const flops = wholeFlops(context, data.classes.length);
  const sampler = createSampler(space, settings.sampling, { seed, step: "finetune", imageSize, flops });
  await train(detectorTraining(model, { settings, data, device, seed, evaluate, sampler }), host);
  saveWeights(context, model.detector);
}

/** Returns a function that counts the FLOPs of whole detectors, if more than the backbone differs. */
function wholeFlops({ recipe, space }: DetectionContext, classes: number) {
  if (openDecisions(recipe).length === 0) return undefined;
  const estimator = wholeEstimator({ recipe, space, classes, input: searchInput(recipe) });
  return (subnet: Subnet) => estimator.measure(subnet).flops;
}

/** Step 4: trains the found subnet as a classifier, from scratch. */
export async function retrain(context: DetectionContext): Promise<void> {
  const settings = context.recipe.steps.retrain!;
  using data = openClassification(context, settings);
  await retrainSubnet(context, settings, data);
}

/** Step 5: fine-tunes the found subnet in the detector, starting with the weights of step 4. */
export async function trainDetector(context: DetectionContext): Promise<void> {
  const { recipe, device, host } = context;
  const { seed, steps } = recipe;
  const settings = steps.detector!;
  const subnet = readSubnet(context);
  using data = await openDetection(context, settings, subnet);
  const model = await buildModel(context, { step: "detector", data, subnet });
  loadWeights(context, "retrain", model.backbone, "backbone.");
  const evaluate = () => evaluateDetector(model.detector, data.of(subnet).search, device);
  await train(detectorTraining(model, { settings, data, device, seed, evaluate }), host);
  saveWeights(context, model.detector);
}
