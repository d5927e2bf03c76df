import { UserError } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { addBackbone, type ExportedSubnet, type OnnxModel } from "@supernet/nas/onnx";
import { disposeModule } from "@supernet/nas/supernet";
import { chosenDetector, exportDetector } from "@supernet/vision";
import { searchedSpace } from "../../task/run-context.js";
import type { ExportedImages } from "../../task/task.js";
import { detectionClasses } from "./data.js";
import { detectorNetworks } from "./detector.js";
import type { DetectionRun } from "./settings.js";
import { imageSizeOf, imageSizes, openDecisions, searchInput } from "./space.js";

interface ExportedClasses {
  readonly classes?: readonly string[] | undefined;
}

/**
 * Exports the whole detector of a run. The metadata also says how the images of the recipe are resized.
 * @param classes names of the classes. Default: those of the run's data.
 * @throws UserError if the detector is from a user's file
 */
export function exportRunDetector(
  { space, subnet, input, weights, metadata }: ExportedSubnet,
  run: DetectionRun,
  { anySize, padded, classes = run.get(detectionClasses) }: ExportedImages & ExportedClasses,
): OnnxModel {
  const { recipe } = run;
  const { detector, detection } = recipe;
  if (detector.kind === "file")
    throw new UserError(
      `${detector.file}: a detector from your own file cannot be exported: export its backbone with --network backbone`,
    );
  const { mean, std, padTo } = detection;
  const size = imageSizes(recipe)[imageSizeOf(recipe, subnet)];
  const padMaps = openDecisions(recipe).length === 0;
  return exportDetector({
    backbone: (scope, images) => addBackbone(scope, { space, subnet, images, padMaps }),
    strides: space.maps.map(({ stride }) => stride),
    settings: chosenDetector(detector, subnet),
    classes,
    size: anySize ? "any" : { height: input[1]!, width: input[2]! },
    mean,
    std,
    weights,
    padded,
    metadata: { ...metadata, resize: JSON.stringify({ ...size, padTo, interpolation: "bilinear" }) },
  });
}

/** Exports the whole detector of a subnet with new weights, for images of any size. */
export async function exportUntrainedDetector(
  run: DetectionRun,
  subnet: Subnet,
  classes: readonly string[],
): Promise<OnnxModel> {
  const space = await run.get(searchedSpace);
  const networks = await run.get(detectorNetworks);
  const { detector, activeState } = networks.around(networks.backbone(subnet), classes.length, subnet);
  const input = searchInput(run.recipe, subnet);
  const options = { space, subnet, input, weights: activeState(), metadata: {} };
  try {
    return exportRunDetector(options, run, { anySize: true, padded: true, classes });
  } finally {
    disposeModule(detector);
  }
}
