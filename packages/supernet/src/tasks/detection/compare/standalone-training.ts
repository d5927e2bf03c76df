import { join } from "node:path";
import { makeFolder, writeFileAtomic } from "@supernet/base";
import { formatSubnet, type Subnet } from "@supernet/nas";
import type { LoopContext } from "../../../run/loop-context.js";
import { Progress } from "../../../run/progress.js";
import { loadWeights, weightsFile, weightsIn } from "../../../task/step-context.js";
import { hasValidChecksum } from "../../../training/checkpoints.js";
import type { DetectionData } from "../data.js";
import type { DetectionContext } from "../settings.js";
import { buildModel, evaluateDetector } from "../training.js";
import { retrain, trainDetector } from "../training-steps.js";

const TRAININGS = { retrain, detector: trainDetector };
/** Steps with a separate folder for each subnet of the comparison. The folder of the search contains the subnet. */
const SEPARATE_STEPS: readonly string[] = ["search", ...Object.keys(TRAININGS)];

/** Returns the paths of the weights that `trainStandalone` writes in `folder`. */
export const standaloneWeights = (folder: string): string[] =>
  Object.keys(TRAININGS).map((step) => weightsIn(join(folder, step)));

/**
 * Trains a subnet in `folder` with the recipe's steps 4 and 5, like the found subnet. Resumes if it was interrupted.
 * @returns box AP on the test images
 */
export async function trainStandalone(
  context: DetectionContext,
  subnet: Subnet,
  { data, folder, title }: { readonly data: DetectionData; readonly folder: string; readonly title: string },
): Promise<number> {
  const stepContext = (step: string): DetectionContext => ({
    ...context,
    folder: (name = step) => (SEPARATE_STEPS.includes(name) ? join(folder, name) : context.folder(name)),
    host: unrecordedContext(context.host, { step, folder: join(folder, step), title: `${title} ${step}` }),
  });
  writeFileAtomic(join(stepContext("search").folder(), "subnet.yaml"), formatSubnet(context.space, subnet));
  for (const [step, body] of Object.entries(TRAININGS)) {
    makeFolder(stepContext(step).folder());
    if (!hasValidChecksum(weightsFile(stepContext(step)))) await body(stepContext(step));
  }
  const model = await buildModel(stepContext("detector"), { step: "detector", data, subnet });
  loadWeights(stepContext("detector"), "detector", model.detector);
  return (await evaluateDetector(model.detector, data.of(subnet).test, context.device)).metrics.AP;
}

/**
 * Returns the comparison's host with the files of one training. It records no metrics, because there are many
 * trainings.
 */
function unrecordedContext(
  host: LoopContext,
  { step, folder, title }: { readonly step: string; readonly folder: string; readonly title: string },
): LoopContext {
  let progress: Progress | undefined;
  return {
    ...host,
    step,
    folder,
    begin(done, total) {
      progress = new Progress(title, done, total);
    },
    record() {},
    progress: (done, note) => progress?.update(done, note),
  };
}
