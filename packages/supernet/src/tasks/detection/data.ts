import { Random, UserError, withErrorPrefix } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import type { SourceImage } from "@supernet/pipeline/core";
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
  openDetectionFolder,
  openIdx,
  sampleCount,
  splitSet,
  toGroundTruth,
} from "@supernet/vision";
import { equalScorings } from "../../candidates/settings.js";
import { Progress } from "../../run/progress.js";
import { type BatchSource, imageStore, ReusableBatches } from "../../training/batches.js";
import { type SubnetSampler, withChoice } from "../../training/sampling.js";
import { resolveSchedule } from "../../training/schedule.js";
import type { ScenesRecipe } from "../shared/data.settings.js";
import { openSources } from "../shared/exported-predictor.js";
import {
  type Batching,
  type ClassifierData,
  labeledImages,
  labeledSettings,
  labeledVal,
  openClassifierData,
  requireEnoughImages,
} from "../shared/labeled-images.js";
import { checkTeachers } from "../shared/teacher.js";
import type { TrainedOn } from "../shared/trained-on.settings.js";
import {
  CANDIDATE_TRAINING,
  type DetectionContext,
  type DetectionRecipe,
  type DetectionRun,
  MEMBER_TRAINING,
  recalibratedImages,
} from "./settings.js";
import { IMAGE_SIZE, imageSizeOf, imageSizes } from "./space.js";

/** Opens the labeled images of a step. */
export function openClassification({ run, recipe }: DetectionContext, batching: Batching): ClassifierData {
  const { classes, train } = run.get(labeledImages);
  return openClassifierData(recipe, { classes, train, val: run.get(labeledVal) }, batching);
}

/** Properties of a recipe's detection data that are available without decoding images. */
export interface DetectionOutline extends DetectionCounts {
  readonly classes: readonly string[];
  /** Sizes of the training images before resizing. Only one for scenes, which are all of the same size. */
  readonly sizes: readonly ImageSize[];
}

/** Counts the images of the detection data without composing or decoding any. Use `run.get(detectionOutline)`. */
export async function detectionOutline(run: DetectionRun): Promise<DetectionOutline> {
  const { data } = run.recipe.detection;
  if (isScenes(data)) {
    const { train, search, test, canvas } = data;
    const classes = run.get(detectionClasses);
    return {
      train,
      trainAndSearch: train + search,
      search,
      test,
      classes,
      sizes: [{ height: canvas, width: canvas }],
    };
  }
  const sets = await detectionSets(run, "");
  return { ...countSamples(sets), classes: sets.train.classes, sizes: sets.train.samples };
}

export interface DetectionCounts {
  readonly train: number;
  /** Images that a training with `data: train+search` has. */
  readonly trainAndSearch: number;
  readonly search: number;
  readonly test: number;
}

const countSamples = ({ train, trainAndSearch, search, test }: DetectionSets): DetectionCounts => ({
  train: train.samples.length,
  trainAndSearch: trainAndSearch.length,
  search: search.samples.length,
  test: test.samples.length,
});

/** Returns the number of images that the found subnet is trained on. */
export const trainedCount = (
  { train, trainAndSearch }: Pick<DetectionCounts, "train" | "trainAndSearch">,
  { data }: { readonly data?: TrainedOn },
): number => (data === "train+search" ? trainAndSearch : train);

/** Returns the number of candidates that could be scored for the cost of the calibration's trainings. */
export function calibrationScorings(
  recipe: DetectionRecipe,
  { train, search }: Pick<DetectionCounts, "train" | "search">,
): number {
  const { calibrate, search: searching } = recipe.steps;
  if (calibrate === null) return 0;
  const scored = Math.min(search, searching.images ?? Number.POSITIVE_INFINITY) + recalibratedImages(recipe);
  return equalScorings(calibrate, { trained: train, scored });
}

/**
 * Checks that a recipe does not ask for more images with boxes than there are.
 * @throws UserError if there are fewer
 */
export function checkDetectionCounts({ steps }: DetectionRecipe, counts: DetectionCounts): void {
  const { images, batchNorm } = steps.search;
  const calibrated = batchNorm.mode === "recalibrate" ? batchNorm.images : null;
  requireEnoughImages("steps.search.images", images, { count: counts.search, kind: "for the search" });
  requireEnoughImages("steps.test.sampleImages", steps.test.sampleImages, {
    count: counts.test,
    kind: "test images",
  });
  requireEnoughImages("steps.search.batchNorm.images", calibrated, {
    count: counts.train,
    kind: "training images",
  });
}

/**
 * Checks the labeled images before any step starts, because a step would fail only hours later.
 * @throws UserError if they are missing or the recipe asks for more than there are
 */
export async function checkClassification(run: DetectionRun): Promise<void> {
  const { recipe } = run;
  const { train } = run.get(labeledImages);
  requireEnoughImages("classification.evalImages", labeledSettings(recipe).evalImages, {
    count: sampleCount(run.get(labeledVal)),
    kind: "images to evaluate",
  });
  for (const step of ["pretrain", "retrain"] as const) {
    const training = recipe.steps[step];
    if (training) resolveSchedule(training, sampleCount(train), step);
  }
  const { pretrain, retrain } = recipe.steps;
  await checkTeachers(run, { pretrain, retrain });
}

/**
 * Checks the images with boxes before any step starts.
 * @throws UserError if they are missing or the recipe asks for more than there are
 */
export async function checkDetection(run: DetectionRun): Promise<void> {
  const { recipe } = run;
  const counts = await run.get(detectionOutline);
  checkDetectionCounts(recipe, counts);
  const { finetune, detector, calibrate, front } = recipe.steps;
  resolveSchedule(finetune, counts.train, "finetune");
  if (detector) resolveSchedule(detector, trainedCount(counts, detector), "detector");
  if (front?.finetune) resolveSchedule(front.finetune, counts.train, MEMBER_TRAINING);
  if (calibrate) resolveSchedule(calibrate.training, counts.train, CANDIDATE_TRAINING);
}

/** Lists the classes that a recipe's detector distinguishes. Use `run.get(detectionClasses)`. */
export function detectionClasses(run: DetectionRun): readonly string[] {
  const { data } = run.recipe.detection;
  return isScenes(data)
    ? withErrorPrefix("detection.data.items", () => openIdx(data.items).classes)
    : run.get(folderSplits).train.classes;
}

type DetectionSource = DetectionRecipe["detection"]["data"];

const isScenes = (data: DetectionSource): data is ScenesRecipe =>
  typeof data === "object" && data.kind === "scenes";

/** Parses the annotations of the recipe's folder. */
function folderSplits({ recipe }: DetectionRun): DetectionSplits {
  const { data } = recipe.detection;
  if (isScenes(data)) throw new Error("folderSplits: detection.data is scenes, not a folder");
  return withErrorPrefix("detection.data", () =>
    openDetectionFolder(typeof data === "string" ? data : data.folder),
  );
}

/** Images for training, search and test of a recipe's detector. */
export interface DetectionSets {
  /** Without images that have no boxes, if the recipe filters them. */
  readonly train: DetectionSet;
  readonly search: DetectionSet;
  readonly test: DetectionSet;
  /** Images of `train` and `search`, filtered like those. */
  readonly trainAndSearch: readonly DetectionSample[];
  /** Number of training images that are left out, because they have no boxes. */
  readonly filtered: number;
}

/** Default fraction of the training images that is held out for each split that a folder does not have. */
export const HELD_OUT = 0.2;

/**
 * Opens the detection data of a run, once. Scenes are composed at first use. If a folder has no split for the search or
 * the test, some training images are held out for it. Test images are used only for the test.
 * @param scenesFolder folder for composed scenes
 */
export const detectionSets = (run: DetectionRun, scenesFolder: string): Promise<DetectionSets> =>
  run.get(openedSets).open(scenesFolder);

/** Opens the detection data of a run once per folder for scenes. */
function openedSets(run: DetectionRun) {
  const opened = new Map<string, Promise<DetectionSets>>();
  return {
    open(scenesFolder: string): Promise<DetectionSets> {
      const sets = opened.get(scenesFolder) ?? openSets(run, scenesFolder);
      opened.set(scenesFolder, sets);
      return sets;
    },
  };
}

async function openSets(run: DetectionRun, scenesFolder: string): Promise<DetectionSets> {
  const sets = await splitSets(run, scenesFolder);
  const { samples } = sets.train;
  const trained = trainedOn(run.recipe, samples);
  if (trained.every(({ boxes }) => boxes.length === 0)) {
    throw new UserError(
      `detection.data: none of the ${samples.length} training images has a box: add annotations of objects`,
    );
  }
  return {
    ...sets,
    train: { ...sets.train, samples: trained },
    trainAndSearch: [...trained, ...trainedOn(run.recipe, sets.search.samples)],
    filtered: samples.length - trained.length,
  };
}

/** Returns the images of a set that detectors are trained on. */
const trainedOn = (
  { detection }: DetectionRecipe,
  samples: readonly DetectionSample[],
): readonly DetectionSample[] =>
  detection.filterEmpty ? samples.filter(({ boxes }) => boxes.length > 0) : samples;

type SplitSets = Pick<DetectionSets, "train" | "search" | "test">;

async function splitSets(run: DetectionRun, scenesFolder: string): Promise<SplitSets> {
  const { detection, seed } = run.recipe;
  const { data } = detection;
  if (isScenes(data)) {
    await compose(scenesFolder, data);
    return split(openCoco(scenesFolder), HELD_OUT, seed);
  }
  const splits = run.get(folderSplits);
  if (typeof data === "string") return split(splits, HELD_OUT, seed);
  if (searchSplit(splits) && (splits.test ?? splits.val)) {
    throw new UserError(
      `detection.data.heldOut: ${data.folder} already has images for the search and the test, ` +
        "so none are held out: set detection.data to the folder only",
    );
  }
  return split(splits, data.heldOut, seed);
}

/** Returns the split for the search. If there is one for the test, `val` is for the search. */
const searchSplit = ({ search, test, val }: DetectionSplits): DetectionSet | undefined =>
  search ?? (test && val);

function split(splits: DetectionSplits, heldOut: number, seed: number): SplitSets {
  const own = searchSplit(splits);
  const [train, search] = own ? [splits.train, own] : splitSet(splits.train, heldOut, seed);
  const given = splits.test ?? splits.val;
  if (given) return { train, search, test: given };
  const [remaining, test] = splitSet(train, heldOut, seed + 1);
  return { train: remaining, search, test };
}

async function compose(folder: string, { kind: _, ...scenes }: ScenesRecipe): Promise<void> {
  let progress: Progress | undefined;
  await composeScenes(folder, scenes, (done, total) => {
    progress ??= new Progress("scenes  ", 0, total);
    progress.update(done, "");
  });
}

/** Opens a random sample of a run's training images, one after the other. */
export async function* trainingSources(
  run: DetectionRun,
  { count, scenesFolder }: { readonly count: number; readonly scenesFolder: string },
): AsyncGenerator<SourceImage> {
  const { samples } = (await detectionSets(run, scenesFolder)).train;
  const chosen = Random.of(run.recipe.seed, "training images").sample(
    samples,
    Math.min(count, samples.length),
  );
  yield* openSources(chosen.map(({ file }) => file));
}

/** Images to score a detector on, with their ground truth. */
export interface DetectionSplit {
  readonly batches: AsyncIterable<DetectionBatch>;
  readonly truth: CocoGroundTruth;
  /** Id of each class in the data set. */
  readonly categoryIds: readonly number[];
}

/** Images of one size that subnets are scored on. */
export interface SizedData {
  readonly search: DetectionSplit;
  /** Returns the first part of the search images in random order. `fraction` is above 0 and at most 1. */
  searchPart(fraction: number): DetectionSplit;
  readonly test: DetectionSplit;
  /** Training images for recomputing candidates' batch-norm statistics. */
  readonly calibration: AsyncIterable<DetectionBatch>;
}

/** Detection data for the steps. Dispose it to stop the loading threads. */
export interface DetectionData extends Disposable {
  readonly classes: readonly string[];
  /** Number of training images that are left out, because they have no boxes. */
  readonly filtered: number;
  /** Number of images that candidates are scored on. */
  readonly searched: number;
  /** Images for training. Each batch has one of the image sizes. */
  readonly train: BatchSource<DetectionBatch>;
  /** Returns the images in the size of a subnet. */
  of(subnet: Subnet): SizedData;
  /** Makes the subnets of each iteration choose the image size of its batch. */
  inImageSize(sampler: SubnetSampler): SubnetSampler;
}

/**
 * Opens a run's detection data for a step.
 * @param batching batches of the training images, for a step that trains, and which images those are. Default: `train`
 * @param subnet subnet whose image size all images have. Default: all image sizes of the recipe.
 */
export async function openDetection(
  context: Pick<DetectionContext, "run" | "recipe" | "folder" | "world">,
  batching: Batching & { readonly data?: TrainedOn } = { batchSize: 1, microBatch: null },
  subnet?: Subnet,
): Promise<DetectionData> {
  const { run, recipe, world } = context;
  const { search: searching, test: testing } = recipe.steps;
  const { batchNorm } = searching;
  // Rank 0 composes the scenes; then the other ranks of its host find them there.
  if (world && !world.isMainRank) await world.wait("scenes");
  const sets = await detectionSets(run, context.folder("scenes"));
  if (world?.isMainRank) world.store.setFlag("scenes");
  checkDetectionCounts(recipe, countSamples(sets));
  const calibrated = batchNorm.mode === "recalibrate" ? batchNorm : { images: 0, batchSize: 1 };
  const all = imageSizes(recipe);
  const sizes = subnet === undefined ? all : [all[imageSizeOf(recipe, subnet)]!];
  const sizeOf = (own: Subnet) => (subnet === undefined ? imageSizeOf(recipe, own) : 0);

  const opened: Disposable[] = [];
  const open = (samples: readonly DetectionSample[], { batchSize, microBatch }: Batching) => {
    const { seed, workers, cache } = recipe;
    const options = { seed, workers, cache: imageStore(cache), batchSize, microBatch };
    const { data: _, filterEmpty: __, ...settings } = recipe.detection;
    const batches = detectionBatches(samples, { ...settings, size: sizes }, options);
    opened.push(batches);
    return batches;
  };
  /** Opens a set for scoring, in each size. */
  const scored = (set: DetectionSet, batchSize: number): DetectionSplit[] => {
    const batches = open(set.samples, { batchSize, microBatch: null });
    const truth: CocoGroundTruth = toGroundTruth(set);
    return sizes.map((_, size) => ({
      // With the statistics of each batch, a result depends on the other images anyway, and needs many.
      batches: new ReusableBatches(() =>
        batchNorm.mode === "batch" ? batches.evaluate(undefined, size) : batches.evaluateByShape(size),
      ),
      truth,
      categoryIds: set.categoryIds,
    }));
  };
  // In random order, so that any first part is a random sample.
  const shuffled = Random.of(recipe.seed, "search images").sample(
    sets.search.samples,
    searching.images ?? sets.search.samples.length,
  );
  const parts = new Map<number, DetectionSplit[]>();
  const searchPart = (fraction: number): DetectionSplit[] => {
    const samples = shuffled.slice(0, Math.ceil(fraction * shuffled.length));
    const split = parts.get(fraction) ?? scored({ ...sets.search, samples }, searching.batchSize);
    parts.set(fraction, split);
    return split;
  };
  const calibration = open(sets.train.samples, { batchSize: calibrated.batchSize, microBatch: null });
  const train = open(batching.data === "train+search" ? sets.trainAndSearch : sets.train.samples, batching);
  const search = searchPart(1);
  const test = scored(sets.test, testing.batchSize);
  const sized = sizes.map(
    (_, size): SizedData => ({
      search: search[size]!,
      searchPart: (fraction) => searchPart(fraction)[size]!,
      test: test[size]!,
      calibration: new ReusableBatches(() => calibration.evaluate(calibrated.images, size)),
    }),
  );
  return {
    classes: sets.train.classes,
    filtered: sets.filtered,
    searched: shuffled.length,
    train,
    of: (own) => sized[sizeOf(own)]!,
    inImageSize: (sampler) =>
      sizes.length === 1
        ? sampler
        : withChoice(sampler, IMAGE_SIZE, (iteration) => sizes[train.variantAt(iteration)]!.short),
    [Symbol.dispose]() {
      for (const batches of opened) batches[Symbol.dispose]();
    },
  };
}
