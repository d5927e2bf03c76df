import { Random } from "@supernet/base";
import { type Subnet, sampleSubnet } from "@supernet/nas";
import { alignCandidates } from "@supernet/nas/supernet";
import type { nn } from "@supernet/torch";
import { readSubnet } from "../../search/found-subnet.js";
import { searchProblem } from "../../search/problem.js";
import { initWeights } from "../../task/init-weights.js";
import { loadWeights, saveWeights } from "../../task/step-context.js";
import { createSampler, supernetStart, usesLimits } from "../../training/sampling.js";
import { resolveSchedule } from "../../training/schedule.js";
import type { TrainingSettings } from "../../training/settings.js";
import { train } from "../../training/train.js";
import { retrainSubnet, trainSupernet } from "../shared/classifier-training.js";
import type { TrainedOn } from "../shared/trained-on.settings.js";
import { type DetectionData, openClassification, openDetection } from "./data.js";
import type { DetectorModel } from "./detector.js";
import { freezeBackbone } from "./freeze.js";
import type { DetectionContext } from "./settings.js";
import { openDecisions, searchInput } from "./space.js";
import {
  buildModel,
  detectorTraining,
  evaluateDetector,
  evaluateSubnet,
  inheritWeights,
} from "./training.js";
import { wholeEstimator } from "./whole.js";

/** Step 1 of DetNAS: trains the supernet as a classifier. */
export async function pretrain(context: DetectionContext): Promise<void> {
  const settings = context.recipe.steps.pretrain!;
  using data = openClassification(context, settings);
  await trainSupernet(context, settings, data);
}

/** Step 2: fine-tunes the supernet in the detector, starting with the weights of step 1, or with new ones. */
export async function finetune(context: DetectionContext): Promise<void> {
  const { recipe, device, host, space } = context;
  const { seed, classification, steps } = recipe;
  const settings = steps.finetune;
  using data = await openDetection(context, settings);
  if (data.filtered > 0)
    context.log(
      `detection.data: ${data.filtered} training images have no boxes and are not used (detection.filterEmpty)`,
    );
  const model = await buildModel(context, { step: "finetune", data });
  const { init, freeze } = settings;
  if (steps.pretrain && init === undefined) loadWeights(context, "pretrain", model.backbone, "backbone.");
  // Without a training that they share, unrelated candidates learn much more slowly (docs/guide/whole-detectors.md).
  const align = () => {
    if (!steps.pretrain && init === undefined && space.alignment)
      alignCandidates(model.backbone, space.alignment);
  };
  const probe = sampleSubnet(space, Random.of(seed, "finetune", "probe"));
  const { search: split, calibration } = data.of(probe);
  const { batchNorm } = steps.search;
  const evaluate = () => evaluateSubnet(model, probe, { split, calibration, batchNorm, device });
  const imageSize = classification?.imageSize ?? searchInput(recipe)[1];
  const flops = wholeFlops(context, data.classes.length);
  const { iterations } = resolveSchedule(settings, data.train.images, "finetune");
  const problem = usesLimits(settings.sampling)
    ? await searchProblem(context.run, context.folder)
    : undefined;
  const options = { seed, step: "finetune", imageSize, flops, iterations, problem };
  const start = supernetStart(settings.sampling, iterations, align);
  if (start === undefined) align();
  const sampling = { sampler: createSampler(space, settings.sampling, options), start };
  initWeights(context, { network: model.detector, backbone: model.backbone }, init);
  const frozen = freezeBackbone(model.backbone, space, freeze);
  const distilled = settings.sampling.kind === "sandwich" && settings.sampling.distillation;
  const training = { settings, data, device, seed, evaluate, sampling, distilled, frozen };
  await train(detectorTraining(model, training), host);
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

/** Step 5: fine-tunes the found subnet in the detector, starting with the weights of step 4 or of the supernet. */
export async function trainDetector(context: DetectionContext): Promise<void> {
  const settings = context.recipe.steps.detector!;
  const subnet = readSubnet(context);
  using data = await openDetection(context, settings, subnet);
  const model = await buildModel(context, { step: "detector", data, subnet });
  const { init, freeze } = settings;
  if (init !== undefined) initWeights(context, { network: model.detector, backbone: model.backbone }, init);
  else if (settings.start === "inherited") {
    const supernet = await buildModel(context, { step: "finetune", data });
    loadWeights(context, "finetune", supernet.detector);
    inheritWeights(model, { supernet, subnet });
  } else loadWeights(context, "retrain", model.backbone, "backbone.");
  const frozen = freezeBackbone(model.backbone, context.space, freeze);
  await trainSubnet(context, model, { settings, data, subnet, frozen });
}

/**
 * Trains the detector of a subnet, which is evaluated on the search images unless it is trained on them, and saves its
 * weights.
 */
export async function trainSubnet(
  context: DetectionContext,
  model: DetectorModel,
  {
    settings,
    data,
    subnet,
    frozen,
  }: {
    readonly settings: TrainingSettings & { readonly data?: TrainedOn };
    readonly data: DetectionData;
    readonly subnet: Subnet;
    readonly frozen?: readonly nn.Module[];
  },
): Promise<void> {
  const { recipe, device, host } = context;
  const evaluate = () => evaluateDetector(model.detector, data.of(subnet).search, device);
  const training = {
    ...{ settings, data, device, seed: recipe.seed, frozen },
    evaluate: settings.data === "train+search" ? undefined : evaluate,
  };
  await train(detectorTraining(model, training), host);
  saveWeights(context, model.detector, subnet);
}
