import { UserError } from "@supernet/base";
import { addBackbone, type ExportedSubnet, type OnnxModel } from "@supernet/nas/onnx";
import { chosenDetector, exportDetector } from "@supernet/vision";
import type { ExportedImages } from "../../task/task.js";
import { detectionClasses } from "./data.js";
import type { DetectionRun } from "./settings.js";
import { imageSizeOf, imageSizes, openDecisions } from "./space.js";

/**
 * Exports the whole detector of a run. The metadata also says how the images of the recipe are resized.
 * @throws UserError if the detector is from a user's file
 */
export function exportRunDetector(
  { space, subnet, input, weights, metadata }: ExportedSubnet,
  run: DetectionRun,
  { anySize, padded }: ExportedImages,
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
    classes: run.get(detectionClasses),
    size: anySize ? "any" : { height: input[1]!, width: input[2]! },
    mean,
    std,
    weights,
    padded,
    metadata: { ...metadata, resize: JSON.stringify({ ...size, padTo, interpolation: "bilinear" }) },
  });
}
