import { Random, UserError, withErrorPrefix } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import type { SourceImage } from "@supernet/pipeline/core";
import {
  type Batches,
  type ClassificationBatch,
  type ClassificationSamples,
  type ClassificationSet,
  classificationBatches,
  fromGray,
  isCifarFolder,
  isIdxFolder,
  openLabeledFolder,
  sampleCount,
  wrapImage,
} from "@supernet/vision";
import type { Recipe } from "../../recipe/common.js";
import type { RunContext } from "../../task/task.js";
import { type BatchSource, imageStore, ReusableBatches } from "../../training/batches.js";
import { type SubnetSampler, withChoice } from "../../training/sampling.js";
import type { TrainingSettings } from "../../training/settings.js";
import type { ClassificationSettings } from "./data.settings.js";
import { openSources } from "./exported-predictor.js";
import { imageSizeOf, imageSizes, LABELED_SIZE } from "./image-sizes.js";

/** A recipe that may have labeled images. */
export type LabeledRecipe = Recipe & { readonly classification: ClassificationSettings | null };

/**
 * Returns a recipe's settings of labeled images.
 * @throws Error if it has none; the check of a recipe requires them if anything uses them
 */
export function labeledSettings({ classification }: LabeledRecipe): ClassificationSettings {
  if (classification === null) throw new Error("labeledSettings: classification is null");
  return classification;
}

/** Returns the preprocessing of a subnet's images for evaluation, in its own image size. */
export function evaluationSettings(recipe: LabeledRecipe, subnet: Subnet) {
  const { evalResize, interpolation, mean, std } = labeledSettings(recipe);
  const imageSize = imageSizeOf(recipe, subnet);
  const scale = imageSize / Math.max(...imageSizes(recipe));
  return { imageSize, evalResize: evalResize && Math.round(evalResize * scale), interpolation, mean, std };
}

/** Sizes of a step's training batches. */
export type Batching = Pick<TrainingSettings, "batchSize" | "microBatch">;

/** Opens batches of labeled images with the recipe's preprocessing, with a variant for each of its image sizes. */
export function labeledBatches(
  recipe: LabeledRecipe,
  samples: ClassificationSamples,
  { batchSize, microBatch }: Batching,
): Batches<ClassificationBatch> {
  const { seed, workers, cache } = recipe;
  const { imageSize, evalResize, interpolation, augmentation, mean, std } = labeledSettings(recipe);
  const settings = { imageSize, evalResize, interpolation, augmentation, mean, std };
  const options = { seed, workers, cache: imageStore(cache), batchSize, microBatch };
  return classificationBatches(samples, settings, options);
}

/**
 * Checks that a recipe does not ask for more images than there are.
 * @param key recipe key, for the message
 * @param asked value of that key; null = all images
 * @throws UserError if there are fewer
 */
export function requireEnoughImages(
  key: string,
  asked: number | null,
  { count, kind }: { readonly count: number; readonly kind: string },
): void {
  if (asked === null || asked <= count) return;
  throw new UserError(`${key}: got ${asked}, but there are ${count} ${kind}: use a smaller value`);
}

/**
 * Checks that a recipe with a cache has images to decode.
 * @throws UserError if its images are not encoded
 */
export function requireUsefulCache(recipe: LabeledRecipe): void {
  const { data } = labeledSettings(recipe);
  if (recipe.cache === null || !(isIdxFolder(data) || isCifarFolder(data))) return;
  throw new UserError(
    `cache: the images in ${data} are not encoded, so there is nothing to cache: set it to null`,
  );
}

/** Lists a recipe's labeled images and their classes, without decoding any. Use `run.get(labeledImages)`. */
export function labeledImages({ recipe }: RunContext<LabeledRecipe>): ClassificationSet {
  const { data } = labeledSettings(recipe);
  return withErrorPrefix("classification.data", () => openLabeledFolder(data));
}

/** Opens a random sample of a recipe's training images, one after the other. */
export async function* trainingSources(
  run: RunContext<LabeledRecipe>,
  count: number,
): AsyncGenerator<SourceImage> {
  const { train } = run.get(labeledImages);
  const all = Array.from({ length: sampleCount(train) }, (_, i) => i);
  for (const i of Random.of(run.recipe.seed, "training images").sample(all, Math.min(count, all.length))) {
    if (train.kind === "files") yield* openSources([train.files[i]!]);
    else {
      const { pixels, width, height } = train;
      const size = width * height;
      const image = fromGray(pixels.subarray(i * size, (i + 1) * size), width, height);
      yield { ...wrapImage(image), name: `image ${i}` };
    }
  }
}

/** Lists the validation images of a recipe's data. */
export const labeledVal = (run: RunContext<LabeledRecipe>): ClassificationSamples =>
  withErrorPrefix("classification.data", () => run.get(labeledImages).openVal());

/** Labeled images of one size for a training. */
export interface SizedImages {
  readonly train: BatchSource<ClassificationBatch>;
  /** Images that the training is evaluated on, without augmentation. */
  readonly val: AsyncIterable<ClassificationBatch>;
  /** Returns some of them, at random. */
  valPart(images: number): AsyncIterable<ClassificationBatch>;
}

/** Labeled images for a training. Dispose it to stop the loading threads. */
export interface ClassifierData extends Disposable {
  readonly classes: readonly string[];
  /** Number of images to evaluate on. */
  readonly heldOut: number;
  /** Images for training a supernet. Each batch has one of the image sizes. */
  readonly train: BatchSource<ClassificationBatch>;
  /** Returns the images in the size of a subnet: the same object for the same size. */
  of(subnet: Subnet): SizedImages;
  /** Makes the subnets of each iteration choose the image size of its batch. */
  inImageSize(sampler: SubnetSampler): SubnetSampler;
}

/**
 * Opens images to train a classifier on and images to evaluate it on.
 * @throws UserError if the recipe evaluates more images than there are
 */
export function openClassifierData(
  recipe: LabeledRecipe,
  images: {
    readonly classes: readonly string[];
    readonly train: ClassificationSamples;
    readonly val: ClassificationSamples;
  },
  batching: Batching,
): ClassifierData {
  const { evalImages } = labeledSettings(recipe);
  requireEnoughImages("classification.evalImages", evalImages, {
    count: sampleCount(images.val),
    kind: "images to evaluate",
  });
  const train = labeledBatches(recipe, images.train, batching);
  const val = labeledBatches(recipe, images.val, batching);
  const sizes = imageSizes(recipe);
  const sized = sizes.map(
    (_, size): SizedImages => ({
      train: {
        images: train.images,
        train: (from, to, shard) => train.train(from, to, shard, size),
        lend: (from, to, shard) => train.lend(from, to, shard, size),
      },
      val: new ReusableBatches(() => val.evaluate(evalImages ?? undefined, size)),
      valPart: (images) => new ReusableBatches(() => val.inDrawnOrder(images, size)),
    }),
  );
  return {
    classes: images.classes,
    heldOut: val.images,
    train,
    of: (subnet) => sized[sizes.indexOf(imageSizeOf(recipe, subnet))]!,
    inImageSize: (sampler) =>
      sizes.length === 1
        ? sampler
        : withChoice(sampler, LABELED_SIZE, (iteration) => sizes[train.variantAt(iteration)]!),
    [Symbol.dispose]() {
      train[Symbol.dispose]();
      val[Symbol.dispose]();
    },
  };
}
