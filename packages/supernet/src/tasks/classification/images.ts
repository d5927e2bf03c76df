import { UserError } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import {
  type Batches,
  type ClassificationBatch,
  type ClassificationSamples,
  holdOut,
  sampleCount,
} from "@supernet/vision";
import { equalScorings } from "../../candidates/settings.js";
import { ReusableBatches } from "../../training/batches.js";
import { resolveSchedule } from "../../training/schedule.js";
import { imageSizeOf, imageSizes } from "../shared/image-sizes.js";
import {
  labeledBatches,
  labeledImages,
  labeledVal,
  requireEnoughImages,
  requireUsefulCache,
} from "../shared/labeled-images.js";
import type { TrainedOn } from "../shared/trained-on.settings.js";
import type { ClassificationRecipe, ClassificationRun } from "./settings.js";

/** Images that a recipe's networks may learn from. */
export interface TrainingImages {
  readonly classes: readonly string[];
  /** Images that networks are trained on. */
  readonly train: ClassificationSamples;
  /** Images that the search scores candidates on. At most the found network is trained on them. */
  readonly heldOut: ClassificationSamples;
  /** Images of both, for `data: train+search`. */
  readonly all: ClassificationSamples;
}

/** Returns the images that the found network is trained on. */
export const trainedImages = (
  { train, all }: TrainingImages,
  { data }: { readonly data?: TrainedOn },
): ClassificationSamples => (data === "train+search" ? all : train);

/**
 * Lists a run's training images and holds out a part of every class. It does not open the test images. Use
 * `run.get(trainingImages)`.
 * @throws UserError if the data is missing, or every class has only one image
 */
export function trainingImages(run: ClassificationRun): TrainingImages {
  const { classification, seed } = run.recipe;
  const { classes, train: all } = run.get(labeledImages);
  const [train, heldOut] = holdOut(all, classification.heldOut, seed);
  if (sampleCount(heldOut) === 0) {
    throw new UserError(
      `${classification.data}: every class has only one training image, so none can be held out: add some`,
    );
  }
  return { classes, train, heldOut, all };
}

/** Returns the number of candidates that could be scored for the cost of the calibration's trainings. */
export function calibrationScorings(run: ClassificationRun): number {
  const { calibrate, search } = run.recipe.steps;
  if (calibrate === null) return 0;
  const { train, heldOut } = run.get(trainingImages);
  const scored = Math.min(sampleCount(heldOut), search.images ?? Number.POSITIVE_INFINITY);
  return equalScorings(calibrate, {
    trained: sampleCount(train),
    scored: scored + (search.batchNorm?.images ?? 0),
  });
}

/**
 * Checks the training images before any step starts, because a step would fail only hours later.
 * @throws UserError if they are missing or the recipe asks for more than there are
 */
export function checkTrainingImages(run: ClassificationRun): void {
  const { recipe } = run;
  requireUsefulCache(recipe);
  const images = run.get(trainingImages);
  const [train, heldOut] = [sampleCount(images.train), sampleCount(images.heldOut)];
  const { classification, steps } = recipe;
  const { images: searchImages, batchNorm } = steps.search;
  const heldOutImages = { count: heldOut, kind: "held-out images" };
  requireEnoughImages("classification.evalImages", classification.evalImages, heldOutImages);
  requireEnoughImages("steps.search.images", searchImages, heldOutImages);
  requireEnoughImages("steps.search.batchNorm.images", batchNorm?.images ?? null, {
    count: train,
    kind: "training images",
  });
  resolveSchedule(steps.train, train, "train");
  if (steps.retrain)
    resolveSchedule(steps.retrain, sampleCount(trainedImages(images, steps.retrain)), "retrain");
}

/**
 * Checks the test images before any step starts.
 * @throws UserError if they are missing or the recipe asks for more than there are
 */
export function checkTestImages(run: ClassificationRun): void {
  const count = sampleCount(run.get(labeledVal));
  const { images, sampleImages } = run.recipe.steps.test;
  requireEnoughImages("steps.test.images", images, { count, kind: "test images" });
  requireEnoughImages("steps.test.sampleImages", sampleImages, {
    count: images ?? count,
    kind: "images in the test",
  });
}

/** Images for scoring networks, any number of times. Dispose it to stop the loading threads. */
export interface ScoringImages extends Disposable {
  /** Returns the images in the size of a subnet: the same object for the same size. */
  of(subnet: Subnet): SizedScoringImages;
}

/** Images of one size, in order. */
export interface SizedScoringImages extends AsyncIterable<ClassificationBatch> {
  /** Returns the first part of the images in random order. `fraction` is above 0 and at most 1. */
  part(fraction: number): ScoringPart;
}

export interface ScoringPart {
  readonly images: number;
  readonly batches: AsyncIterable<ClassificationBatch>;
}

/**
 * Opens images to score networks on.
 * @param images maximum number of images, sampled with the recipe's seed; null = all
 */
export function scoringImages(
  recipe: ClassificationRecipe,
  samples: ClassificationSamples,
  { batchSize, images: max }: { readonly batchSize: number; readonly images: number | null },
): ScoringImages {
  const batches = labeledBatches(recipe, samples, { batchSize, microBatch: null });
  const all = max ?? sampleCount(samples);
  const sizes = imageSizes(recipe);
  const sized = sizes.map((_, size) => sizedImages(batches, all, size));
  return {
    of: (subnet) => sized[sizes.indexOf(imageSizeOf(recipe, subnet))]!,
    [Symbol.dispose]: () => batches[Symbol.dispose](),
  };
}

function sizedImages(batches: Batches<ClassificationBatch>, all: number, size: number): SizedScoringImages {
  const parts = new Map<number, ScoringPart>();
  const inOrder = new ReusableBatches(() => batches.evaluate(all, size));
  return {
    part(fraction) {
      const images = Math.ceil(fraction * all);
      const part = parts.get(fraction) ?? {
        images,
        batches: new ReusableBatches(() => batches.inDrawnOrder(images, size)),
      };
      parts.set(fraction, part);
      return part;
    },
    [Symbol.asyncIterator]: () => inOrder[Symbol.asyncIterator](),
  };
}
