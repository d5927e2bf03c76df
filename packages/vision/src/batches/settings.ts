import { callable, count, fraction } from "@supernet/base";
import { z } from "zod";
import type { DecodedCacheOptions } from "../decoded-cache/decoded-cache.js";
import { IMAGENET_NORMALIZATION } from "../transforms/normalize.js";
import {
  colorJitterSchema,
  interpolationSchema,
  mixSchema,
  normalizationSchema,
  policySchema,
  randomErasingSchema,
  randomResizedCropSchema,
  sizeLimitsSchema,
} from "../transforms/settings.js";

const { mean, std } = normalizationSchema.shape;

export const batchOptionsSchema = z.strictObject({
  /** Number of images in a batch. */
  batchSize: count,
  /** Number of images per forward pass, a divisor of batchSize. Default: batchSize. */
  microBatch: count.nullish(),
  /** Seed of the order of the images and of their augmentation. Default: 0. */
  seed: z.int().default(0),
  /** Number of threads that load batches ahead. With 0, the calling thread loads them. Default: 0. */
  workers: z.int().min(0).default(0),
  /** Folder where decoded images are cached, and log function. Default: images are decoded each time. */
  cache: z
    .strictObject({
      folder: z.string(),
      log: callable,
    })
    .optional(),
});

/** Augmentations of a classifier's training images, in order of application. */
const augmentationSchema = z.strictObject({
  /** Number of times in a row that an image is loaded, with different augmentation each time. Default: 1. */
  repeats: count.default(1),
  /** Default: a random region with 8 to 100% of the area and a width / height of 3/4 to 4/3. */
  crop: z
    .discriminatedUnion("kind", [
      randomResizedCropSchema.required({ kind: true }),
      /** The entire image, shifted in each direction by up to `shift` pixels. */
      z.strictObject({ kind: z.literal("shifted"), shift: z.int().min(0) }),
    ])
    .default({ kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] }),
  /** Probability of a horizontal flip. Default: 0.5. */
  flip: fraction.default(0.5),
  /** Default: null, no operations. */
  policy: policySchema.nullable().default(null),
  /** Default: null, no jitter. */
  colorJitter: colorJitterSchema.nullable().default(null),
  /** Default: null, no erasing. */
  erasing: randomErasingSchema.nullable().default(null),
  /** Mixing of each image with another one of its micro-batch. Default: null, no mixing. */
  mix: mixSchema.nullable().default(null),
});

export const classificationSettingsSchema = z.strictObject({
  /**
   * Side of the network's square input, in pixels. With several, each training batch has one of them at random, and an
   * evaluation has the one that it names. An image then looks the same in all of them: whatever is in pixels is for the
   * largest, and is scaled for the others, also images that are not resized. Default: 224.
   */
  imageSize: z.union([count, z.array(count).min(1).readonly()]).default(224),
  /**
   * Length of the shorter side before the center crop for evaluation, in pixels. Null does not resize, so no image may
   * be larger than imageSize. Default: imageSize / 0.875.
   */
  evalResize: count.nullish(),
  /** Resampling method, or null if no image is resampled. Default: "bilinear". */
  interpolation: interpolationSchema.nullable().default("bilinear"),
  augmentation: augmentationSchema.prefault({}),
  /** Mean of each color channel. Default: ImageNet's. */
  mean: mean.default(IMAGENET_NORMALIZATION.mean),
  /** Standard deviation of each color channel. Default: ImageNet's. */
  std: std.default(IMAGENET_NORMALIZATION.std),
});

export const detectionSettingsSchema = z.strictObject({
  /**
   * Maximum sides of a resized image, in pixels. The aspect ratio is kept. With several, each training batch has one of
   * them at random, and an evaluation has the one that it names. Default: { short: 800, long: 1333 }.
   */
  size: z.union([sizeLimitsSchema, z.array(sizeLimitsSchema).min(1)]).default({ short: 800, long: 1333 }),
  /** Height and width of a micro-batch are padded to a multiple of this number of pixels. Default: 32. */
  padTo: count.default(32),
  /** Probability of a horizontal flip in training. Default: 0.5. */
  flip: fraction.default(0.5),
  /** Mean of each color channel. Default: ImageNet's. */
  mean: mean.default(IMAGENET_NORMALIZATION.mean),
  /** Standard deviation of each color channel. Default: ImageNet's. */
  std: std.default(IMAGENET_NORMALIZATION.std),
});

/** Options for forming and loading batches. */
export type BatchOptions = Readonly<Omit<z.input<typeof batchOptionsSchema>, "cache">> & {
  readonly cache?: DecodedCacheOptions | undefined;
};
/** Settings for loading a classifier's images for training and evaluation. */
export type ClassificationSettings = Readonly<z.input<typeof classificationSettingsSchema>>;
/** Settings for one of the image sizes. */
export type SizedClassificationSettings = Readonly<
  Omit<z.output<typeof classificationSettingsSchema>, "imageSize" | "evalResize">
> & {
  readonly imageSize: number;
  readonly evalResize: number | null;
  /** Share of the largest image size, above 0 and at most 1. */
  readonly scale: number;
};
/** Settings for loading a detector's images for training and evaluation. */
export type DetectionSettings = Readonly<z.input<typeof detectionSettingsSchema>>;
export type ResolvedDetectionSettings = Readonly<z.output<typeof detectionSettingsSchema>>;
