import { count, fraction, positive } from "@supernet/base";
import { z } from "zod";

// Settings of the transforms. Each transform checks its own, so plain JavaScript also gets clear errors.

const interval = z.tuple([z.number(), z.number()]).readonly();
const perChannel = z.array(z.number()).length(3).readonly();

/** Mean and standard deviation of each color channel, for pixel values from 0 to 1. */
export const normalizationSchema = z.strictObject({ mean: perChannel, std: perChannel });

/** Method of resampling. */
export const interpolationSchema = z.enum(["bilinear", "bicubic"]);

/** Region of an image, in pixels. */
export const regionSchema = z.strictObject({ left: z.int(), top: z.int(), width: z.int(), height: z.int() });

/** Random region of an image that is resized to the network's input (https://arxiv.org/abs/1409.4842). */
export const randomResizedCropSchema = z.strictObject({
  /** Optional, so you can pass the `crop` of a classifier's augmentation. */
  kind: z.literal("random-resized").optional(),
  /** Minimum and maximum area, as a fraction of the image's area. */
  scale: interval,
  /** Minimum and maximum aspect ratio, width / height. */
  ratio: interval,
});

/** Limits of a resized image's sides, in pixels. The aspect ratio is kept. */
export const sizeLimitsSchema = z.strictObject({
  /** Maximum of the shorter side. */
  short: count,
  /** Maximum of the longer side. */
  long: count,
});

/** Random changes of brightness, contrast, saturation and hue (https://arxiv.org/abs/1312.5402). */
export const colorJitterSchema = z.strictObject({
  /** The factor is uniform in [max(0, 1 - brightness), 1 + brightness]. */
  brightness: z.number().min(0),
  /** The factor is uniform in [max(0, 1 - contrast), 1 + contrast]. */
  contrast: z.number().min(0),
  /** The factor is uniform in [max(0, 1 - saturation), 1 + saturation]. */
  saturation: z.number().min(0),
  /** The rotation is uniform in [-hue, hue], as a fraction of the color circle. */
  hue: z.number().min(0).max(0.5),
});

/** Random erasing (https://arxiv.org/abs/1708.04896). */
export const randomErasingSchema = z.strictObject({
  /** Probability that a region of an image is erased. */
  probability: fraction,
  /** Minimum and maximum area of the region, as a fraction of the image's area. */
  area: interval,
  /** Minimum and maximum aspect ratio of the region, width / height. */
  ratio: interval,
  /** Replacement: normal noise for each pixel and channel, or the mean of the normalization. */
  fill: z.enum(["noise", "mean"]),
});

/** Fraction of the batches that are mixed; the others stay as they are. Default: 1. */
const mixedShare = { probability: z.number().gt(0).max(1).optional() };

/** Method of mixing the images of a batch in pairs. */
export const mixSchema = z.discriminatedUnion("kind", [
  /** Blends images with a weight from Beta(alpha, alpha) (mixup, https://arxiv.org/abs/1710.09412). */
  z.strictObject({ kind: z.literal("mixup"), alpha: positive, ...mixedShare }),
  /** Swaps a box whose size follows from Beta(alpha, alpha) (CutMix, https://arxiv.org/abs/1905.04899). */
  z.strictObject({ kind: z.literal("cutmix"), alpha: positive, ...mixedShare }),
  /** Uses CutMix for a mixed batch with probability `cutmixProbability`, otherwise mixup. */
  z.strictObject({
    kind: z.literal("mixup-or-cutmix"),
    mixupAlpha: positive,
    cutmixAlpha: positive,
    cutmixProbability: fraction,
    ...mixedShare,
  }),
]);

/**
 * RandAugment (https://arxiv.org/abs/1909.13719) in the variant that trains transformers. For timm's
 * rand-m9-mstd0.5-inc1, set operations 2, probability 0.5, magnitude 9, magnitudeStd 0.5 and increasing true.
 */
export const randAugmentSchema = z.strictObject({
  /** Number of operations sampled per image, with replacement. They are applied in order. */
  operations: z.int().min(0),
  /** Probability that a sampled operation is applied. */
  probability: fraction,
  /** Strength of the operations, 0 to 10. */
  magnitude: z.number().min(0).max(10),
  /** Standard deviation of each operation's strength around `magnitude`. */
  magnitudeStd: z.number().min(0),
  /**
   * Whether every operation changes an image more if the magnitude is larger. Otherwise posterize and solarize change
   * it less, and factors grow from 0.1 to 1.9 instead of away from 1.
   */
  increasing: z.boolean(),
});

/** AutoAugment (https://arxiv.org/abs/1805.09501): applies a random pair of operations from a learned list. */
export const autoAugmentSchema = z.strictObject({
  /** Data set that the list was learned on. */
  learnedOn: z.enum(["imagenet", "cifar10", "svhn"]),
});

/** Policy that selects operations for an image at random. */
export const policySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rand-augment"), ...randAugmentSchema.shape }),
  z.strictObject({ kind: z.literal("auto-augment"), ...autoAugmentSchema.shape }),
]);

/** Mean and standard deviation of each color channel, for pixel values from 0 to 1. */
export type Normalization = Readonly<z.infer<typeof normalizationSchema>>;
/** Method of resampling. */
export type Interpolation = z.infer<typeof interpolationSchema>;
/** Settings of {@link randomCrop}. */
export type RandomResizedCrop = Readonly<z.infer<typeof randomResizedCropSchema>>;
/** Settings of {@link fittedSize}. */
export type SizeLimits = Readonly<z.infer<typeof sizeLimitsSchema>>;
/** Settings of {@link jitterColors}. */
export type ColorJitter = Readonly<z.infer<typeof colorJitterSchema>>;
/** Settings of {@link eraseRandomRegion}. */
export type RandomErasing = Readonly<z.infer<typeof randomErasingSchema>>;
/** Settings of {@link drawMix}. */
export type MixSettings = Readonly<z.infer<typeof mixSchema>>;
/** Settings of RandAugment. */
export type RandAugment = Readonly<z.infer<typeof randAugmentSchema>>;
/** Settings of AutoAugment. */
export type AutoAugment = Readonly<z.infer<typeof autoAugmentSchema>>;
/** Settings of {@link applyPolicy}. */
export type AugmentationPolicy = Readonly<z.infer<typeof policySchema>>;
