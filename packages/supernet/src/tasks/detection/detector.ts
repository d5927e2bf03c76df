import { type Backbone, buildDetector, type Detector } from "@supernet/vision";
import type { DetectionRun } from "./settings.js";

/** Builds the recipe's detector around a backbone. */
export type DetectorBuilder = (backbone: Backbone, classes: number) => Detector;

/** Opens the detector that a recipe describes; use `run.get(detectorBuilder)`. */
export const detectorBuilder = async ({ recipe }: DetectionRun): Promise<DetectorBuilder> => {
  const { detector } = recipe;
  return (backbone, classes) => buildDetector(backbone, detector, classes);
};
