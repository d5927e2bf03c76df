import { inFile } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { SpaceBackbone } from "@supernet/nas/supernet";
import type { WeightsFile } from "../../network/load.js";
import { searchedSpace } from "../../task/run-context.js";
import type { LoadedNetwork } from "../../task/task.js";
import { detectionClasses } from "./data.js";
import { detectorBuilder } from "./detector.js";
import type { DetectionRun } from "./settings.js";

/**
 * Builds a run's detector with the weights of a file: around the supernet, or around one subnet.
 * @throws UserError if they are another detector's
 */
export async function loadDetector(
  run: DetectionRun,
  { path, tensors }: WeightsFile,
  subnet?: Subnet,
): Promise<LoadedNetwork> {
  const build = await run.get(detectorBuilder);
  const backbone = new SpaceBackbone(await run.get(searchedSpace), subnet);
  const detector = build(backbone, run.get(detectionClasses).length);
  inFile(path, () => detector.loadStateDict(tensors));
  return { network: detector, searched: backbone };
}
