import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { makeFolder } from "@supernet/base";
import { type NetworkSpace, type Subnet, subnetKey } from "@supernet/nas";
import { weightsIn } from "../task/step-context.js";
import type { StepContext } from "../task/task.js";
import { readCalibration } from "./calibrate.js";
import { CALIBRATE_STEP } from "./step.js";
import type { CandidateToTrain } from "./train-candidates.js";

/**
 * Copies the weights of subnets that were trained in the same way before to their folders, so that they are only scored.
 * @param known subnets with the folders of their weights
 */
export function reuseWeights(
  space: NetworkSpace,
  candidates: readonly CandidateToTrain[],
  known: readonly CandidateToTrain[],
): void {
  const folders = new Map(known.map(({ subnet, folder }) => [subnetKey(space, subnet), folder]));
  for (const { subnet, folder } of candidates) {
    const from = folders.get(subnetKey(space, subnet));
    if (from === undefined || existsSync(weightsIn(folder))) continue;
    makeFolder(folder);
    copyFileSync(weightsIn(from), weightsIn(folder));
  }
}

/** Returns the subnets that the calibration trained, if it trained them with these settings. */
export function calibratedSubnets(
  { folder }: Pick<StepContext, "folder">,
  calibrate: { readonly training: object } | null,
  training: object | null,
): CandidateToTrain[] {
  if (calibrate === null || !isDeepStrictEqual(calibrate.training, training)) return [];
  const { candidates = [] } = readCalibration(folder(CALIBRATE_STEP)) ?? {};
  return candidates.flatMap((candidate) =>
    candidate.folder === null
      ? []
      : [{ subnet: candidate.subnet as Subnet, folder: join(folder(CALIBRATE_STEP), candidate.folder) }],
  );
}
