import { fittedSize, type ImageSize, paddedSide, sampleCount } from "@supernet/vision";
import type { GivenCounts } from "../../task/plan.js";
import { labeledImages, labeledVal } from "../shared/labeled-images.js";
import { detectionOutline, HELD_OUT } from "./data.js";
import type { DetectionRecipe, DetectionRun } from "./settings.js";

/** What a plan needs to know of the data. */
export interface DataFacts {
  readonly classification: { readonly train: number; readonly val: number };
  readonly detection: DetectionFacts;
}

export interface DetectionFacts {
  readonly train: number;
  readonly search: number;
  readonly test: number;
  readonly classes: number;
  /** Mean of the images as the detector sees them, in pixels, padded. */
  readonly size: ImageSize;
}

/** Where the data is not there: COCO's, and every image at its largest. */
const COCO_CLASSES = 80;

/**
 * Counts the images of a recipe's data, none being composed or decoded.
 * @throws UserError if data is missing and no numbers are given for it
 */
export async function dataFacts(run: DetectionRun, given: GivenCounts): Promise<DataFacts> {
  const { images, detectionImages } = given;
  return {
    classification: images ?? classificationCounts(run),
    detection: detectionImages ? assumed(run.recipe, detectionImages) : await detectionFacts(run),
  };
}

const classificationCounts = (run: DetectionRun): DataFacts["classification"] => ({
  train: sampleCount(run.get(labeledImages).train),
  val: sampleCount(run.get(labeledVal)),
});

async function detectionFacts(run: DetectionRun): Promise<DetectionFacts> {
  const { train, search, test, classes, sizes } = await run.get(detectionOutline);
  return { train, search, test, classes: classes.length, size: meanSize(run.recipe, sizes) };
}

function assumed(recipe: DetectionRecipe, { train, test }: { train: number; test: number }): DetectionFacts {
  const { data, size } = recipe.detection;
  const heldOut = typeof data === "object" && data.kind === "coco" ? data.heldOut : HELD_OUT;
  const search = Math.round(train * heldOut);
  const largest = { height: size.short, width: size.long };
  return { train: train - search, search, test, classes: COCO_CLASSES, size: meanSize(recipe, [largest]) };
}

function meanSize({ detection }: DetectionRecipe, originals: readonly ImageSize[]): ImageSize {
  const fitted = originals.map((original) => fittedSize(original, detection.size));
  const mean = (side: "height" | "width") => {
    const pixels = fitted.reduce((sum, size) => sum + size[side], 0) / fitted.length;
    return paddedSide(pixels, detection.padTo);
  };
  return { height: mean("height"), width: mean("width") };
}
