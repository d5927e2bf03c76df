import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import { describeTested } from "../../task/start.js";
import type { ClassificationRun } from "./settings.js";

/** A classifier's prediction for one image. */
export interface Prediction {
  /** File of the image, or its index in the set. */
  readonly id: string | number;
  readonly label: number;
  /** Classes with the highest scores, at most five, in descending order. */
  readonly best: readonly number[];
}

/** Fractions of images whose class is the best prediction, or among the five best. */
export interface Accuracy {
  readonly top1: number;
  /** Omitted if there are at most five classes, because it is always 1 then. */
  readonly top5?: number;
}

/** Result of the test; `test/results.json`. */
export interface ClassificationResults {
  readonly classes: number;
  /** Number of test images. */
  readonly images: number;
  /** Accuracy of the found subnet with the supernet's weights; null if the run has no supernet. */
  readonly inherited: Accuracy | null;
  /** Accuracy of the found subnet after retraining; null if it was not retrained. */
  readonly retrained: Accuracy | null;
  /** Top-1 accuracy of random subnets with the supernet's weights. */
  readonly random: readonly number[];
  readonly randomMean: number | null;
}

/** Returns the path of the results in the test's folder. */
export const resultsFile = (folder: string): string => join(folder, "results.json");

/** Returns the path of the found subnet's predictions for the test images, after retraining if there was one. */
export const predictionsFile = (folder: string): string => join(folder, "predictions.json");

/** Reads the results of the test; returns undefined if it has not finished. */
export const readResults = (folder: string): ClassificationResults | undefined =>
  readJsonIfExists(resultsFile(folder));

/** Returns the accuracy of the found subnet with the weights that it ends with. */
export const finalAccuracy = ({ inherited, retrained }: ClassificationResults): Accuracy =>
  (retrained ?? inherited)!;

/** One row of the test's table. */
export interface AccuracyRow extends Accuracy {
  readonly label: string;
}

/**
 * Returns the rows of the test's table.
 * @param tested names of the tested subnet, with its own weights and with the supernet's
 */
export function accuracyRows(
  { inherited, retrained, random, randomMean }: ClassificationResults,
  tested: TestedNames,
): AccuracyRow[] {
  return [
    ...(retrained ? [{ label: tested.retrained, ...retrained }] : []),
    ...(inherited ? [{ label: tested.inherited, ...inherited }] : []),
    ...(randomMean === null
      ? []
      : [{ label: `mean of ${random.length} random subnets, supernet's weights`, top1: randomMean }]),
  ];
}

/** Names of the tested subnet in the test's table. */
export interface TestedNames {
  readonly retrained: string;
  readonly inherited: string;
}

/** Returns the names of the subnet that a run tests. */
export function testedNames(run: ClassificationRun): TestedNames {
  const trained = run.recipe.steps.retrain?.start === "scratch" ? "trained from scratch" : "fine-tuned";
  return {
    retrained: describeTested(run, trained, "retrain"),
    inherited: describeTested(run, "supernet's weights"),
  };
}
