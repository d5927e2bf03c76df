import { UserError } from "@supernet/base";
import { addBackbone, type ExportedSubnet, type OnnxModel } from "@supernet/nas/onnx";
import { exportDetector } from "@supernet/vision";
import type { ExportedImages } from "../../task/task.js";
import { detectionClasses } from "./data.js";
import type { DetectionRun } from "./settings.js";

/**
 * Exports the whole detector of a run. The metadata also says how the images of the recipe are resized.
 * @throws UserError if the detector is from a user's file
 */
export function exportRunDetector(
  { space, subnet, input, weights, metadata }: ExportedSubnet,
  run: DetectionRun,
  { anySize, padded }: ExportedImages,
): OnnxModel {
  const { detector, detection } = run.recipe;
  if (detector.kind === "file")
    throw new UserError(
      `${detector.file}: a detector from your own file cannot be exported: export its backbone with --network backbone`,
    );
  const { mean, std, size, padTo } = detection;
  return exportDetector({
    backbone: (scope, images) => addBackbone(scope, { space, subnet, images }),
    strides: space.maps.map(({ stride }) => stride),
    settings: detector,
    classes: run.get(detectionClasses),
    size: anySize ? "any" : { height: input[1]!, width: input[2]! },
    mean,
    std,
    weights,
    padded,
    metadata: { ...metadata, resize: JSON.stringify({ ...size, padTo, interpolation: "bilinear" }) },
  });
}
