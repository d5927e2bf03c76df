import { join } from "node:path";
import { makeFolder, writeFileAtomic } from "@supernet/base";
import { formatSubnet, type Subnet } from "@supernet/nas";
import { loadWeights, weightsFile, weightsIn } from "../../../task/step-context.js";
import { hasValidChecksum } from "../../../training/checkpoints.js";
import type { DetectionData } from "../data.js";
import type { DetectionContext, DetectionRecipe } from "../settings.js";
import { buildModel, evaluateDetector } from "../training.js";
import { retrain, trainDetector } from "../training-steps.js";
import { unrecordedContext } from "../unrecorded.js";

/** Returns the steps of a recipe that train the found subnet alone. */
const trainingsOf = ({ steps }: DetectionRecipe) => ({
  ...(steps.retrain && { retrain }),
  detector: trainDetector,
});

/** Returns the paths of the weights that `trainStandalone` writes in `folder`. */
export const standaloneWeights = (recipe: DetectionRecipe, folder: string): string[] =>
  Object.keys(trainingsOf(recipe)).map((step) => weightsIn(join(folder, step)));

/**
 * Trains a subnet in `folder` with the recipe's steps 4 and 5, like the found subnet. Resumes if it was interrupted.
 * @returns box AP on the test images
 */
export async function trainStandalone(
  context: DetectionContext,
  subnet: Subnet,
  { data, folder, title }: { readonly data: DetectionData; readonly folder: string; readonly title: string },
): Promise<number> {
  const trainings = trainingsOf(context.recipe);
  // Steps with a separate folder for each subnet of the comparison. The folder of the search contains the subnet.
  const separate: readonly string[] = ["search", ...Object.keys(trainings)];
  const stepContext = (step: string): DetectionContext => ({
    ...context,
    folder: (name = step) => (separate.includes(name) ? join(folder, name) : context.folder(name)),
    host: unrecordedContext(context.host, { step, folder: join(folder, step), title: `${title} ${step}` }),
  });
  writeFileAtomic(join(stepContext("search").folder(), "subnet.yaml"), formatSubnet(context.space, subnet));
  for (const [step, body] of Object.entries(trainings)) {
    makeFolder(stepContext(step).folder());
    if (!hasValidChecksum(weightsFile(stepContext(step)))) await body(stepContext(step));
  }
  const model = await buildModel(stepContext("detector"), { step: "detector", data, subnet });
  loadWeights(stepContext("detector"), "detector", model.detector);
  return (await evaluateDetector(model.detector, data.of(subnet).test, context.device)).metrics.AP;
}
