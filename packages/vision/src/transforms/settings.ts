import { count, fraction, positive } from "@supernet/base";
import { z } from "zod";

// Settings of the transforms. Each transform checks its own, so that a mistake in plain JavaScript is named.

const interval = z.tuple([z.number(), z.number()]).readonly();
const perChannel = z.array(z.number()).length(3).readonly();

/** Mean and standard deviation of each color channel, for pixel values from 0 to 1. */
export const normalizationSchema = z.strictObject({ mean: perChannel, std: perChannel });

/** How images are resampled. */
export const interpolationSchema = z.enum(["bilinear", "bicubic"]);

/** A part of an image, in pixels. */
export const regionSchema = z.strictObject({ left: z.int(), top: z.int(), width: z.int(), height: z.int() });

/** A random part of an image, which is then resized to the network's input (Szegedy et al., 2015). */
export const randomResizedCropSchema = z.strictObject({
  /** Optional, so that the `crop` of a classifier's augmentation can be passed. */
  kind: z.literal("random-resized").optional(),
  /** Minimum and maximum area, as a fraction of the image's area. */
  scale: interval,
  /** Minimum and maximum width / height. */
  ratio: interval,
});

/** Limits of a resized image's sides, in pixels. The aspect ratio is kept. */
export const sizeLimitsSchema = z.strictObject({
  /** Maximum of the shorter side. */
  short: count,
  /** Maximum of the longer side. */
  long: count,
});

/** Random changes of brightness, contrast, saturation and hue (Howard, 2013). */
export const colorJitterSchema = z.strictObject({
  /** The factor is drawn from [max(0, 1 - brightness), 1 + brightness]. */
  brightness: z.number().min(0),
  /** The factor is drawn from [max(0, 1 - contrast), 1 + contrast]. */
  contrast: z.number().min(0),
  /** The factor is drawn from [max(0, 1 - saturation), 1 + saturation]. */
  saturation: z.number().min(0),
  /** The rotation is drawn from [-hue, hue], as a fraction of the color circle. */
  hue: z.number().min(0).max(0.5),
});

/** Random erasing (Zhong et al., 2020). */
export const randomErasingSchema = z.strictObject({
  /** Probability that a part of an image is erased. */
  probability: fraction,
  /** Minimum and maximum area of the part, as a fraction of the image's area. */
  area: interval,
  /** Minimum and maximum width / height of the part. */
  ratio: interval,
  /** What replaces it: normal noise for each pixel and channel, or the mean of the normalization. */
  fill: z.enum(["noise", "mean"]),
});

/** How the images of a batch are mixed in pairs. */
export const mixSchema = z.discriminatedUnion("kind", [
  /** Blends images with a weight drawn from Beta(alpha, alpha) (Zhang et al., "mixup", 2018). */
  z.strictObject({ kind: z.literal("mixup"), alpha: positive }),
  /** Swaps a box whose size is drawn from Beta(alpha, alpha) (Yun et al., "CutMix", 2019). */
  z.strictObject({ kind: z.literal("cutmix"), alpha: positive }),
  /** Mixes each batch in one of the two ways. */
  z.strictObject({
    kind: z.literal("mixup-or-cutmix"),
    mixupAlpha: positive,
    cutmixAlpha: positive,
    cutmixProbability: fraction,
  }),
]);

/**
 * RandAugment (Cubuk et al., 2020) in the form that is used to train transformers: timm's rand-m9-mstd0.5-inc1 is
 * operations 2, probability 0.5, magnitude 9, magnitudeStd 0.5 and increasing true.
 */
export const randAugmentSchema = z.strictObject({
  /** Number of operations drawn for an image. They are applied in order, and one may be drawn again. */
  operations: z.int().min(0),
  /** Probability that a drawn operation is applied. */
  probability: fraction,
  /** Strength of the operations, 0 to 10. */
  magnitude: z.number().min(0).max(10),
  /** Standard deviation of the normal distribution around `magnitude` that each strength is drawn from. */
  magnitudeStd: z.number().min(0),
  /**
   * Whether every operation changes an image more as the magnitude grows. Otherwise posterize and solarize change it
   * less, and factors go from 0.1 to 1.9 instead of away from 1.
   */
  increasing: z.boolean(),
});

/** AutoAugment (Cubuk et al., 2019): a pair of operations is drawn for an image from a learned list. */
export const autoAugmentSchema = z.strictObject({
  /** Data set that the list was learned on. */
  learnedOn: z.enum(["imagenet", "cifar10", "svhn"]),
});

/** How the operations on an image are drawn. */
export const policySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rand-augment"), ...randAugmentSchema.shape }),
  z.strictObject({ kind: z.literal("auto-augment"), ...autoAugmentSchema.shape }),
]);

export type Normalization = Readonly<z.infer<typeof normalizationSchema>>;
export type Interpolation = z.infer<typeof interpolationSchema>;
export type RandomResizedCrop = Readonly<z.infer<typeof randomResizedCropSchema>>;
export type SizeLimits = Readonly<z.infer<typeof sizeLimitsSchema>>;
export type ColorJitter = Readonly<z.infer<typeof colorJitterSchema>>;
export type RandomErasing = Readonly<z.infer<typeof randomErasingSchema>>;
export type MixSettings = Readonly<z.infer<typeof mixSchema>>;
export type RandAugment = Readonly<z.infer<typeof randAugmentSchema>>;
export type AutoAugment = Readonly<z.infer<typeof autoAugmentSchema>>;
export type AugmentationPolicy = Readonly<z.infer<typeof policySchema>>;
