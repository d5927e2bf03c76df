import { join } from "node:path";
import { readScores } from "../../candidates/calibrate.js";
import { calibratedSubnets } from "../../candidates/reuse.js";
import { compareNetworks } from "../../compare/compare-step.js";
import { readSubnet } from "../../search/found-subnet.js";
import { calibrationScorings, detectionOutline } from "./data.js";
import { readFrontResults } from "./front/members.js";
import { comparedTraining, type DetectionContext } from "./settings.js";

/** Compares the found detectors with others that are trained in the same way. */
export async function compare(context: DetectionContext): Promise<void> {
  const { recipe, run, folder } = context;
  const { calibrate, compare: settings, detector, front } = recipe.steps;
  if (settings === null) throw new Error("compare: steps.compare is null");
  const training = comparedTraining(recipe.steps);
  const found = readSubnet(context);
  const members = readFrontResults(folder("front"))?.members ?? [];
  await compareNetworks(context, {
    settings,
    training,
    found: detector === null ? readScores(context) : [{ subnet: found, score: 0 }],
    moreCandidates: calibrationScorings(recipe, await run.get(detectionOutline)),
    trained: [
      ...(detector === null ? [] : [{ subnet: found, folder: folder("detector") }]),
      ...(training !== null && front !== null
        ? members.map(({ subnet, folder: own }) => ({ subnet, folder: join(folder("front"), own) }))
        : []),
      ...calibratedSubnets(context, calibrate, training),
    ],
  });
}
