import { type AddIssue, count } from "@supernet/base";
import { z } from "zod";

/**
 * Returns the schema of a calibration of the search's scores.
 * @param training schema of the training of a subnet
 */
export const calibrateSchema = <T extends z.ZodType>(training: T) =>
  z.strictObject({
    candidates: count.describe("Number of candidates that are trained alone."),
    batch: count.describe(
      "Number of candidates that are trained before the scores are calibrated again, which selects the next ones.",
    ),
    training: training.describe("Training of a candidate alone."),
  });

export interface CalibrateRecipe {
  readonly candidates: number;
  readonly batch: number;
  readonly training: object;
}

/** Number of largest subnets that a calibration scores besides the candidates of the search. */
export const LARGEST_SCORED = 24;

/** A backward pass costs about twice as much as a forward pass. */
const TRAINING_PASSES = 3;

/**
 * Returns the number of candidates that could be scored for the cost of the calibration.
 * @param images numbers of images: `trained` per epoch, and `scored` for each candidate, with those for its statistics
 */
export function equalScorings(
  { candidates, training }: { readonly candidates: number; readonly training: { readonly epochs: number } },
  { trained, scored }: { readonly trained: number; readonly scored: number },
): number {
  return LARGEST_SCORED + Math.round((candidates * TRAINING_PASSES * training.epochs * trained) / scored);
}

/** Checks a calibration against the search. @param scored number of candidates that the search scores */
export function checkCalibrate(
  { candidates, batch }: CalibrateRecipe,
  scored: number,
  addIssue: AddIssue,
): void {
  if (batch > candidates) addIssue(["batch"], `at most ${candidates}, the candidates`);
  if (candidates > scored) addIssue(["candidates"], `at most ${scored}, the candidates of the search`);
}
