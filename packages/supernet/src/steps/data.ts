import {
  type ClassificationBatch,
  type ClassificationSet,
  type CocoGroundTruth,
  classificationBatches,
  composeScenes,
  type DetectionBatch,
  type DetectionSample,
  type DetectionSet,
  detectionBatches,
  isIdxFolder,
  openCoco,
  openIdx,
  openImageFolder,
  splitSet,
  toGroundTruth,
} from "@supernet/vision";
import type { Recipe } from "../recipe/schema.js";
import { Progress } from "../run/progress.js";
import { type BatchSource, ReusableBatches } from "../training/batches.js";
import type { DetectionSplit } from "../training/detection.js";
import type { StepContext } from "./context.js";

/** Labelled images, ready for training; close it to end the loading threads. */
export interface ClassificationData extends Disposable {
  readonly classes: readonly string[];
  readonly train: BatchSource<ClassificationBatch>;
  readonly val: BatchSource<ClassificationBatch>;
}

/** The images that a recipe's classifiers meet: labels and files, nothing decoded. */
export function classificationSet({ classification: { data } }: Recipe): ClassificationSet {
  return isIdxFolder(data) ? openIdx(data) : openImageFolder(data);
}

export function openClassification({ recipe }: StepContext, batchSize: number): ClassificationData {
  const { data: _, evalImages, ...settings } = recipe.classification;
  const set = classificationSet(recipe);
  const options = { seed: recipe.seed, batchSize, workers: recipe.workers };
  const train = classificationBatches(set.train, settings, options);
  const val = classificationBatches(set.val, settings, options);
  return {
    classes: set.classes,
    train,
    val: {
      images: val.images,
      train: (from, to) => val.train(from, to),
      evaluate: () => val.evaluate(evalImages ?? undefined),
    },
    [Symbol.dispose]() {
      train[Symbol.dispose]();
      val[Symbol.dispose]();
    },
  };
}

/** Reads all that the detection data says of itself, and composes nothing. */
export function checkDetectionData({ detection: { data } }: Recipe): void {
  if (typeof data === "string") openCoco(data);
  else openIdx(data.items);
}

/** The images that a recipe's detector meets: for training, for the search, and for the test alone. */
export interface DetectionSets {
  readonly train: DetectionSet;
  readonly search: DetectionSet;
  readonly test: DetectionSet;
}

/**
 * Opens the detection data of a recipe; scenes are composed at first use. Where the set has no split for the
 * search, a part of the training images is held out; the test images are never among them.
 */
export async function detectionSets(recipe: Recipe, scenesFolder: string): Promise<DetectionSets> {
  const { data, searchFraction } = recipe.detection;
  if (typeof data !== "string") await compose(scenesFolder, data);
  const splits = openCoco(typeof data === "string" ? data : scenesFolder);
  const [train, search] = splits.search
    ? [splits.train, splits.search]
    : splitSet(splits.train, searchFraction, recipe.seed);
  const test = splits.test ?? splits.val;
  if (test) return { train, search, test };
  const [rest, held] = splitSet(train, searchFraction, recipe.seed + 1);
  return { train: rest, search, test: held };
}

async function compose(
  folder: string,
  settings: Exclude<Recipe["detection"]["data"], string>,
): Promise<void> {
  const { kind: _, ...scenes } = settings;
  let progress: Progress | undefined;
  await composeScenes(folder, scenes, (done, total) => {
    progress ??= new Progress("scenes  ", 0, total);
    progress.update(done, "");
  });
}

/** Detection data, ready for the steps; close it to end the loading threads. */
export interface DetectionData extends Disposable {
  readonly classes: readonly string[];
  readonly train: BatchSource<DetectionBatch>;
  readonly search: DetectionSplit;
  readonly test: DetectionSplit;
  /** Training images over which a candidate's batch-norm statistics are computed. */
  readonly calibration: AsyncIterable<DetectionBatch>;
}

export async function openDetection(context: StepContext, batchSize: number): Promise<DetectionData> {
  const { recipe } = context;
  const { search: searching, test: testing } = recipe.steps;
  const sets = await detectionSets(recipe, context.folder("scenes"));
  const opened: Disposable[] = [];
  const open = (samples: readonly DetectionSample[], size: number) => {
    const batches = detectionBatches(samples, recipe.detection, {
      seed: recipe.seed,
      batchSize: size,
      workers: recipe.workers,
    });
    opened.push(batches);
    return batches;
  };
  const split = (set: DetectionSet, size: number): DetectionSplit => {
    const batches = open(set.samples, size);
    const truth: CocoGroundTruth = toGroundTruth(set);
    return { batches: new ReusableBatches(() => batches.evaluate()), truth, categoryIds: set.categoryIds };
  };
  const scored = { ...sets.search, samples: sets.search.samples.slice(0, searching.images ?? undefined) };
  const { batchNorm } = searching;
  const calibrated = batchNorm.mode === "recalibrate" ? batchNorm : { images: 0, batchSize: 1 };
  const calibration = open(sets.train.samples, calibrated.batchSize);
  return {
    classes: sets.train.classes,
    train: open(sets.train.samples, batchSize),
    search: split(scored, searching.batchSize),
    test: split(sets.test, testing.batchSize),
    calibration: new ReusableBatches(() => calibration.evaluate(calibrated.images)),
    [Symbol.dispose]() {
      for (const batches of opened) batches[Symbol.dispose]();
    },
  };
}
