import { join } from "node:path";
import { makeFolder, writeFileAtomic } from "@supernet/base";
import { formatSubnet, type Subnet } from "@supernet/nas";
import type { LoopContext } from "../../../run/loop-context.js";
import { Progress } from "../../../run/progress.js";
import { loadWeights, weightsFile, weightsIn } from "../../../task/step-context.js";
import { hasValidChecksum } from "../../../training/checkpoints.js";
import { retrain } from "../classifier-steps.js";
import type { DetectionData } from "../data.js";
import { buildModel, detector } from "../detector-steps.js";
import type { DetectionContext } from "../settings.js";
import { evaluateDetector } from "../training.js";

const TRAININGS = { retrain, detector };
/** The steps whose folders a subnet that is trained alone has for itself; the search's holds the subnet. */
const OWN_STEPS: readonly string[] = ["search", ...Object.keys(TRAININGS)];

/** The weights that `trainAlone` leaves in `folder`. */
export const weightsAlone = (folder: string): string[] =>
  Object.keys(TRAININGS).map((step) => weightsIn(join(folder, step)));

/**
 * Trains a subnet alone by the recipe's steps 4 and 5, in `folder`, as the found one is trained.
 * Goes on from where it was stopped.
 * @returns box AP on the test images
 */
export async function trainAlone(
  context: DetectionContext,
  subnet: Subnet,
  data: DetectionData,
  { folder, title }: { readonly folder: string; readonly title: string },
): Promise<number> {
  const own = (step: string): DetectionContext => ({
    ...context,
    folder: (name = step) => (OWN_STEPS.includes(name) ? join(folder, name) : context.folder(name)),
    host: quietHost(context.host, { step, folder: join(folder, step), title: `${title} ${step}` }),
  });
  writeFileAtomic(join(own("search").folder(), "subnet.yaml"), formatSubnet(context.space, subnet));
  for (const [step, body] of Object.entries(TRAININGS)) {
    makeFolder(own(step).folder());
    if (!hasValidChecksum(weightsFile(own(step)))) await body(own(step));
  }
  const model = await buildModel(own("detector"), data, "detector", subnet);
  loadWeights(own("detector"), "detector", model.detector);
  return (await evaluateDetector(model.detector, data.test, context.device)).metrics.AP;
}

/** The comparison's host for one training, with files of its own; a dozen trainings' losses would drown the run's metrics. */
function quietHost(
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
