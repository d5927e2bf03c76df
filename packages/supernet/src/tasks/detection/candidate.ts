import { join } from "node:path";
import { makeFolder, readJson, writeFileAtomic } from "@supernet/base";
import { formatSubnet, type Subnet } from "@supernet/nas";
import { toGroundTruth } from "@supernet/vision";
import { resampledPrecision } from "@supernet/vision/coco-metrics";
import { loadWeights, saveWeights, weightsFile } from "../../task/step-context.js";
import type { CandidateScores, CandidateTraining } from "../../task/task.js";
import { hasValidChecksum } from "../../training/checkpoints.js";
import { detectionSets, openDetection } from "./data.js";
import type { DetectorModel } from "./detector.js";
import type { DetectionContext, MemberTrainingRecipe } from "./settings.js";
import { buildModel, evaluateDetector, inheritWeights } from "./training.js";
import { retrain, trainDetector, trainSubnet } from "./training-steps.js";

/**
 * Trains a subnet alone, and scores it with its own weights: from the supernet's weights or new ones, or like the found
 * subnet, by the recipe's steps 4 and 5.
 */
export async function trainCandidate(
  context: DetectionContext,
  { subnet, settings, test }: CandidateTraining,
): Promise<CandidateScores> {
  const { recipe, device, host } = context;
  const training = settings as MemberTrainingRecipe | null;
  using data = await openDetection(context, training ?? recipe.steps.detector!, subnet);
  const model = await buildModel(context, { step: host.step, data, subnet });
  if (hasValidChecksum(weightsFile(context))) loadWeights(context, host.step, model.detector);
  else if (training === null) await trainLikeFound(context, subnet, model);
  else {
    if (training.start === "inherited") {
      const supernet = await buildModel(context, { step: "finetune", data });
      loadWeights(context, "finetune", supernet.detector);
      inheritWeights(model, { supernet, subnet });
    }
    await trainSubnet(context, model, { settings: training, data, subnet });
  }
  const own = data.of(subnet);
  // A score on images that it is trained on would say nothing.
  const seen = training === null && recipe.steps.detector!.data === "train+search";
  const search = seen ? null : (await evaluateDetector(model.detector, own.search, device)).metrics.AP;
  if (!test) return { search };
  const tested = await evaluateDetector(model.detector, own.test, device);
  writeFileAtomic(detectionsFile(context.folder()), JSON.stringify(tested.detections));
  return { search, test: tested.metrics.AP };
}

/** Returns the path of the detections in the test images, in the folder of a subnet. */
const detectionsFile = (folder: string): string => join(folder, "detections.json");

/** Computes the AP of a subnet that was tested, on samples of the test images. */
export async function resample(
  context: DetectionContext,
  folder: string,
  draw: (images: number) => readonly ArrayLike<number>[],
): Promise<number[]> {
  const sets = await detectionSets(context.run, context.folder("scenes"));
  const truth = toGroundTruth(sets.test);
  return resampledPrecision(truth, readJson(detectionsFile(folder)), draw(truth.images.length));
}

/** Trains a subnet by the recipe's steps 4 and 5, each in a folder of its own. */
async function trainLikeFound(
  context: DetectionContext,
  subnet: Subnet,
  model: DetectorModel,
): Promise<void> {
  const { recipe, host, space } = context;
  const trainings = { ...(recipe.steps.retrain && { retrain }), detector: trainDetector };
  // The steps read the subnet in the folder of the search.
  const separate: readonly string[] = ["search", ...Object.keys(trainings)];
  const stepContext = (step: string): DetectionContext => ({
    ...context,
    folder: (name = step) => (separate.includes(name) ? join(host.folder, name) : context.folder(name)),
    host: { ...host, step, folder: join(host.folder, step) },
  });
  makeFolder(stepContext("search").folder());
  writeFileAtomic(join(stepContext("search").folder(), "subnet.yaml"), formatSubnet(space, subnet));
  for (const [step, body] of Object.entries(trainings)) {
    makeFolder(stepContext(step).folder());
    if (!hasValidChecksum(weightsFile(stepContext(step)))) await body(stepContext(step));
  }
  loadWeights(stepContext("detector"), "detector", model.detector);
  saveWeights(context, model.detector, subnet);
}
