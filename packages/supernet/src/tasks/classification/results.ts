import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";

/** A classifier's prediction for one image. */
export interface Prediction {
  /** The image's file, or its index in the set. */
  readonly id: string | number;
  readonly label: number;
  /** The classes with the highest scores, at most five, the highest first. */
  readonly best: readonly number[];
}

/** Fractions of images whose class is the best prediction, or among the five best. */
export interface Accuracy {
  readonly top1: number;
  /** Omitted if there are at most five classes, for which it is always 1. */
  readonly top5?: number;
}

/** Result of the test; `test/results.json`. */
export interface ClassificationResults {
  readonly classes: number;
  /** Number of test images. */
  readonly images: number;
  /** Accuracy of the found subnet with the supernet's weights. */
  readonly inherited: Accuracy;
  /** Accuracy of the found subnet after it was trained by itself; null if it was not. */
  readonly retrained: Accuracy | null;
  /** Top-1 accuracy of random subnets with the supernet's weights. */
  readonly random: readonly number[];
  readonly randomMean: number | null;
}

/** Returns the path of the results in a step's folder. */
export const resultsFile = (folder: string): string => join(folder, "results.json");

/** Returns the path of the found subnet's predictions for the test images. They are those after retraining, if any. */
export const predictionsFile = (folder: string): string => join(folder, "predictions.json");

/** Reads the results of the test; undefined if it is not finished. */
export const readResults = (folder: string): ClassificationResults | undefined =>
  readJsonIfExists(resultsFile(folder));

/** One row of the test's table. */
export interface AccuracyRow extends Accuracy {
  readonly label: string;
}

/**
 * Returns the rows of the test's table.
 * @param start weights from which the found subnet was retrained; undefined if it was not
 */
export function accuracyRows(
  { inherited, retrained, random, randomMean }: ClassificationResults,
  start: "inherited" | "scratch" | undefined,
): AccuracyRow[] {
  const trained = start === "scratch" ? "trained from scratch" : "fine-tuned";
  return [
    ...(retrained ? [{ label: `found subnet, ${trained}`, ...retrained }] : []),
    { label: "found subnet, the supernet's weights", ...inherited },
    ...(randomMean === null
      ? []
      : [{ label: `mean of ${random.length} random subnets, the supernet's weights`, top1: randomMean }]),
  ];
}
