import { Random, UserError } from "@supernet/base";
import {
  type CocoGroundTruth,
  composeScenes,
  type DetectionBatch,
  type DetectionSample,
  type DetectionSet,
  type DetectionSplits,
  detectionBatches,
  type ImageSize,
  openCoco,
  openIdx,
  splitSet,
  toGroundTruth,
} from "@supernet/vision";
import type { ScenesRecipe } from "../../recipe/data-schema.js";
import type { DetectionRecipe } from "../../recipe/schema.js";
import { imageStore } from "../../run/image-store.js";
import { Progress } from "../../run/progress.js";
import { type BatchSource, ReusableBatches } from "../../training/batches.js";
import type { DetectionSplit } from "../../training/detection.js";
import {
  type Batching,
  batchingOf,
  classificationSet,
  type LabelledImages,
  openLabelledImages,
  refuseMoreThan,
} from "../common/labelled-images.js";
import type { DetectionContext } from "./context.js";

/** Labelled images, ready for training; close it to end the loading threads. */
export interface ClassificationData extends LabelledImages {
  readonly classes: readonly string[];
}

export function openClassification(
  { recipe }: Pick<DetectionContext, "recipe">,
  batching: Batching,
): ClassificationData {
  const { classes, train, openVal } = classificationSet(recipe);
  return { classes, ...openLabelledImages(recipe, { train, val: openVal() }, batching) };
}

/** What a recipe's detection data says of itself. */
export interface DetectionOutline extends DetectionCounts {
  readonly classes: readonly string[];
  /** Sizes of the training images before they are resized; of scenes, which are all alike, one. */
  readonly sizes: readonly ImageSize[];
}

/** Reads the annotations once, which for a large data set takes seconds; nothing is composed or decoded. */
export async function outlineDetection(recipe: DetectionRecipe): Promise<DetectionOutline> {
  const { data } = recipe.detection;
  if (typeof data === "object" && data.kind === "scenes") {
    const { train, search, test, canvas, items } = data;
    const { classes } = openIdx(items);
    return { train, search, test, classes, sizes: [{ height: canvas, width: canvas }] };
  }
  const sets = await detectionSets(recipe, "");
  return { ...countsOf(sets), classes: sets.train.classes, sizes: sets.train.samples };
}

export interface DetectionCounts {
  readonly train: number;
  readonly search: number;
  readonly test: number;
}

const countsOf = ({ train, search, test }: DetectionSets): DetectionCounts => ({
  train: train.samples.length,
  search: search.samples.length,
  test: test.samples.length,
});

/** @throws UserError where a recipe asks for more images than there are */
export function refuseTooMany({ steps }: DetectionRecipe, counts: DetectionCounts): void {
  const { images, batchNorm } = steps.search;
  const calibrated = batchNorm.mode === "recalibrate" ? batchNorm.images : null;
  refuseMoreThan(counts.search, "steps.search.images", images, "for the search");
  refuseMoreThan(counts.test, "steps.test.sampleImages", steps.test.sampleImages, "test images");
  refuseMoreThan(counts.train, "steps.search.batchNorm.images", calibrated, "training images");
}

/** The classes that a recipe's detector tells apart. */
export function detectionClasses({ detection: { data } }: DetectionRecipe): readonly string[] {
  if (typeof data === "string") return openCoco(data).train.classes;
  return data.kind === "coco" ? openCoco(data.folder).train.classes : openIdx(data.items).classes;
}

/** The images that a recipe's detector meets: for training, for the search, and for the test alone. */
export interface DetectionSets {
  readonly train: DetectionSet;
  readonly search: DetectionSet;
  readonly test: DetectionSet;
}

/** Of the training images, for each split that a folder lacks, where the recipe does not say. */
export const HELD_OUT = 0.2;

/**
 * Opens the detection data of a recipe; scenes are composed at first use. Where a folder has no split for the
 * search or the test, a part of the training images is held out; the test images are never among the others.
 */
export async function detectionSets(recipe: DetectionRecipe, scenesFolder: string): Promise<DetectionSets> {
  const { data } = recipe.detection;
  if (typeof data === "string") return split(openCoco(data), HELD_OUT, recipe.seed);
  if (data.kind === "scenes") {
    await compose(scenesFolder, data);
    return split(openCoco(scenesFolder), HELD_OUT, recipe.seed);
  }
  const splits = openCoco(data.folder);
  if (splits.search && (splits.test ?? splits.val)) {
    throw new UserError(
      `detection.data.heldOut: ${data.folder} has images of its own for the search and the test, ` +
        "so that none are held out: give the folder alone, as detection.data",
    );
  }
  return split(splits, data.heldOut, recipe.seed);
}

function split(splits: DetectionSplits, heldOut: number, seed: number): DetectionSets {
  const [train, search] = splits.search
    ? [splits.train, splits.search]
    : splitSet(splits.train, heldOut, seed);
  const test = splits.test ?? splits.val;
  if (test) return { train, search, test };
  const [rest, held] = splitSet(train, heldOut, seed + 1);
  return { train: rest, search, test: held };
}

async function compose(folder: string, scenes: ScenesRecipe): Promise<void> {
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
  /** A part of the search images, above 0 and up to all; a smaller part is in every larger one. */
  searchPart(fraction: number): DetectionSplit;
  readonly test: DetectionSplit;
  /** Training images over which a candidate's batch-norm statistics are computed. */
  readonly calibration: AsyncIterable<DetectionBatch>;
}

/** @param batching of the training images, for a step that trains */
export async function openDetection(
  context: Pick<DetectionContext, "recipe" | "folder" | "world">,
  batching: Batching = { batchSize: 1, microBatch: null },
): Promise<DetectionData> {
  const { recipe, world } = context;
  const { search: searching, test: testing } = recipe.steps;
  const { batchNorm } = searching;
  // Scenes are composed by one rank at a time: the others of its host find them there.
  if (world && !world.isMainRank) await world.wait("scenes");
  const sets = await detectionSets(recipe, context.folder("scenes"));
  if (world?.isMainRank) world.store.setFlag("scenes");
  refuseTooMany(recipe, countsOf(sets));
  const calibrated = batchNorm.mode === "recalibrate" ? batchNorm : { images: 0, batchSize: 1 };

  const opened: Disposable[] = [];
  const open = (samples: readonly DetectionSample[], how: Batching) => {
    const { seed, workers, cache } = recipe;
    const options = { seed, workers, store: imageStore(cache), ...batchingOf(how) };
    const batches = detectionBatches(samples, recipe.detection, options);
    opened.push(batches);
    return batches;
  };
  const scored = (set: DetectionSet, batchSize: number): DetectionSplit => {
    const batches = open(set.samples, { batchSize, microBatch: null });
    const truth: CocoGroundTruth = toGroundTruth(set);
    return { batches: new ReusableBatches(() => batches.evaluate()), truth, categoryIds: set.categoryIds };
  };
  // In an order by chance, so that any part of them says most about all.
  const searched = Random.of(recipe.seed, "search images").sample(
    sets.search.samples,
    searching.images ?? sets.search.samples.length,
  );
  const parts = new Map<number, DetectionSplit>();
  const searchPart = (fraction: number): DetectionSplit => {
    const samples = searched.slice(0, Math.ceil(fraction * searched.length));
    const split = parts.get(fraction) ?? scored({ ...sets.search, samples }, searching.batchSize);
    parts.set(fraction, split);
    return split;
  };
  const calibration = open(sets.train.samples, { batchSize: calibrated.batchSize, microBatch: null });
  return {
    classes: sets.train.classes,
    train: open(sets.train.samples, batching),
    search: searchPart(1),
    searchPart,
    test: scored(sets.test, testing.batchSize),
    calibration: new ReusableBatches(() => calibration.evaluate(calibrated.images)),
    [Symbol.dispose]() {
      for (const batches of opened) batches[Symbol.dispose]();
    },
  };
}
