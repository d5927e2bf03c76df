import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import type { Accuracy } from "./predictions.js";

/** What the test found; `test/results.json`. */
export interface ClassificationResults {
  readonly classes: number;
  /** Test images. */
  readonly images: number;
  /** The found subnet with the weights that it has in the supernet. */
  readonly inherited: Accuracy;
  /** The found subnet trained alone; null where it was not. */
  readonly retrained: Accuracy | null;
  /** Top-1 accuracy of random subnets with the supernet's weights. */
  readonly random: readonly number[];
  readonly randomMean: number | null;
}

/** Of a step, in its folder. */
export const resultsFile = (folder: string): string => join(folder, "results.json");

/** What the found subnet, trained alone where it was, makes of each test image. */
export const predictionsFile = (folder: string): string => join(folder, "predictions.json");

/** Undefined where the test is not done. */
export const readResults = (folder: string): ClassificationResults | undefined =>
  readJsonIfExists(resultsFile(folder));
