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
  /** Number of images that go through the network together, a divisor of batchSize. Default: batchSize. */
  microBatch: count.nullish(),
  /** Seed of the order of images and of their augmentation. Default: 0. */
  seed: z.int().default(0),
  /** Number of threads that load ahead; 0 loads on the calling thread. Default: 0. */
  workers: z.int().min(0).default(0),
  /** Where decoded images are cached on disk. Default: they are decoded each time. */
  cache: z
    .strictObject({
      folder: z.string(),
      log: callable,
    })
    .optional(),
});

/** Augmentation of a classifier's training images, in this order. */
const augmentationSchema = z.strictObject({
  /** Number of times in a row that an image is loaded, augmented differently each time. Default: 1. */
  repeats: count.default(1),
  /** Default: a random part of 8 to 100% of the area, with a width / height of 3/4 to 4/3. */
  crop: z
    .discriminatedUnion("kind", [
      randomResizedCropSchema.required({ kind: true }),
      /** The whole image, shifted in each direction by up to `shift` pixels. */
      z.strictObject({ kind: z.literal("shifted"), shift: z.int().min(0) }),
    ])
    .default({ kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] }),
  /** Probability of a flip left to right. Default: 0.5. */
  flip: fraction.default(0.5),
  /** Default: null, no operations. */
  policy: policySchema.nullable().default(null),
  /** Default: null, no jitter. */
  colorJitter: colorJitterSchema.nullable().default(null),
  /** Default: null, no erasing. */
  erasing: randomErasingSchema.nullable().default(null),
  /** How a batch is mixed. An image is mixed with another of its micro-batch. Default: null, no mixing. */
  mix: mixSchema.nullable().default(null),
});

export const classificationSettingsSchema = z.strictObject({
  /** Side of the network's square input, in pixels. Default: 224. */
  imageSize: count.default(224),
  /**
   * Length of the shorter side before the center crop for evaluation, in pixels; null for images that fit as they
   * are. Default: imageSize / 0.875.
   */
  evalResize: count.nullish(),
  /** How images are resampled; null if none is. Default: "bilinear". */
  interpolation: interpolationSchema.nullable().default("bilinear"),
  /** Default: see each of its fields. */
  augmentation: augmentationSchema.prefault({}),
  /** Mean of each color channel. Default: ImageNet's. */
  mean: mean.default(IMAGENET_NORMALIZATION.mean),
  /** Standard deviation of each color channel. Default: ImageNet's. */
  std: std.default(IMAGENET_NORMALIZATION.std),
});

export const detectionSettingsSchema = z.strictObject({
  /** Limits of the sides, in pixels. The aspect ratio is kept. Default: { short: 800, long: 1333 }. */
  size: sizeLimitsSchema.default({ short: 800, long: 1333 }),
  /** Height and width of a micro-batch are padded to a multiple of this, in pixels. Default: 32. */
  padTo: count.default(32),
  /** Probability of a flip left to right in training. Default: 0.5. */
  flip: fraction.default(0.5),
  /** Mean of each color channel. Default: ImageNet's. */
  mean: mean.default(IMAGENET_NORMALIZATION.mean),
  /** Standard deviation of each color channel. Default: ImageNet's. */
  std: std.default(IMAGENET_NORMALIZATION.std),
});

export type BatchOptions = Readonly<Omit<z.input<typeof batchOptionsSchema>, "cache">> & {
  readonly cache?: DecodedCacheOptions | undefined;
};
/** How a classifier's images are loaded, for training and evaluation. */
export type ClassificationSettings = Readonly<z.input<typeof classificationSettingsSchema>>;
export type ResolvedClassificationSettings = Readonly<z.output<typeof classificationSettingsSchema>> & {
  readonly evalResize: number | null;
};
/** How a detector's images are loaded, for training and evaluation. */
export type DetectionSettings = Readonly<z.input<typeof detectionSettingsSchema>>;
export type ResolvedDetectionSettings = Readonly<z.output<typeof detectionSettingsSchema>>;
