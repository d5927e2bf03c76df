import type { Accuracy } from "../predictions.js";
import type { ClassificationResults } from "../results.js";

/** One line of the test's table. */
export interface AccuracyRow extends Accuracy {
  readonly label: string;
}

/** @param start the weights from which the found subnet was trained alone; undefined where it was not */
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
