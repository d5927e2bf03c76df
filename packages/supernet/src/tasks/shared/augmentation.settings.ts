import { type AddIssue, count, crossFieldCheck, fraction, positive } from "@supernet/base";
import { z } from "zod";

/** Returns the schema of a minimum and a maximum. */
export const interval = <T extends z.ZodType<number>>(bound: T) =>
  z.tuple([bound, bound]).refine((ends) => ends[0]! <= ends[1]!, "the smaller number first");

const cropSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("random-resized"),
      scale: interval(positive.max(1)).describe(
        "Minimum and maximum area of the crop, as a fraction of the image's area.",
      ),
      ratio: interval(positive).describe("Minimum and maximum width / height of the crop."),
    })
    .describe("A random crop, resized to `imageSize`."),
  z
    .strictObject({
      kind: z.literal("shifted"),
      shift: z.int().min(0).describe("Maximum shift in each direction, in pixels."),
    })
    .describe("The complete image, shifted at random over black. Its shorter side is at most `imageSize`."),
]);

const policySchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("rand-augment"),
      operations: count.describe("Number of operations that are sampled for an image."),
      probability: positive.max(1).describe("Probability that a sampled operation is applied."),
      magnitude: z.number().min(0).max(10).describe("Strength of the operations."),
      magnitudeStd: z.number().min(0).describe("Standard deviation of the normal noise on the magnitude."),
      increasing: z
        .boolean()
        .describe("Whether every operation changes an image more as the magnitude grows."),
    })
    .describe(
      "RandAugment (https://arxiv.org/abs/1909.13719): random operations. timm's `rand-m9-mstd0.5-inc1` has operations " +
        "2, probability 0.5, magnitude 9, magnitudeStd 0.5 and increasing true.",
    ),
  z
    .strictObject({
      kind: z.literal("auto-augment"),
      learnedOn: z.enum(["imagenet", "cifar10", "svhn"]).describe("Dataset that the policy was learned on."),
    })
    .describe(
      "AutoAugment (https://arxiv.org/abs/1805.09501): a random pair of operations from a learned list.",
    ),
]);

const erasingSchema = z.strictObject({
  probability: positive.max(1).describe("Probability that a region of an image is erased."),
  area: interval(positive.max(1)).describe(
    "Minimum and maximum area of the region, as a fraction of the image's area.",
  ),
  ratio: interval(positive).describe("Minimum and maximum width / height of the region."),
  fill: z
    .enum(["noise", "mean"])
    .describe("Content of the erased region: normal noise for each pixel and channel, or the mean color."),
});

const mixedShare = {
  probability: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe("Fraction of the batches that are mixed. The others stay as they are. Default: all."),
};

const mixSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("mixup"),
      alpha: positive.describe("Parameter of the distribution Beta(alpha, alpha) of the weight."),
      ...mixedShare,
    })
    .describe("Blends two images with a random weight (https://arxiv.org/abs/1710.09412)."),
  z
    .strictObject({
      kind: z.literal("cutmix"),
      alpha: positive.describe("Parameter of the distribution Beta(alpha, alpha) of the remaining area."),
      ...mixedShare,
    })
    .describe("Replaces a box of an image with that of another image (https://arxiv.org/abs/1905.04899)."),
  z
    .strictObject({
      kind: z.literal("mixup-or-cutmix"),
      mixupAlpha: positive.describe("`alpha` of mixup."),
      cutmixAlpha: positive.describe("`alpha` of CutMix."),
      cutmixProbability: z.number().gt(0).lt(1).describe("Probability that a mixed batch uses CutMix."),
      ...mixedShare,
    })
    .describe("Uses either mixup or CutMix for each batch."),
]);

const jitterFactor = (name: string) =>
  z.number().min(0).describe(`The ${name} factor is sampled from [max(0, 1 - value), 1 + value].`);

/** Augmentation of training images, in this order. */
export const augmentationSchema = z.strictObject({
  repeats: count.describe(
    "Number of times in a row that an image is used, augmented differently each time. The length of an epoch does not " +
      "change.",
  ),
  crop: cropSchema.describe("Part of the image that is used."),
  flip: fraction.describe("Probability of a horizontal flip."),
  policy: policySchema.nullable().describe("Random geometric and color operations. `null` disables them."),
  colorJitter: z
    .strictObject({
      brightness: jitterFactor("brightness"),
      contrast: jitterFactor("contrast"),
      saturation: jitterFactor("saturation"),
      hue: z
        .number()
        .min(0)
        .max(0.5)
        .describe("The hue is shifted by up to this fraction of the color circle, in both directions."),
    })
    .refine((jitter) => Object.values(jitter).some((value) => value > 0), "a value above 0, or null")
    .nullable()
    .describe("Random changes of brightness, contrast, saturation and hue. `null` disables them."),
  erasing: erasingSchema
    .nullable()
    .describe("Random erasing (https://arxiv.org/abs/1708.04896). `null` disables it."),
  mix: mixSchema
    .nullable()
    .describe("Mixes pairs of images, and their labels, within a micro-batch. `null` disables it."),
});

interface Resampling {
  readonly imageSize: number | readonly number[];
  readonly evalResize: number | null;
  readonly interpolation: string | null;
  readonly augmentation: z.infer<typeof augmentationSchema>;
}

/** Checks that `interpolation` is set if and only if something resamples images. */
export const interpolated = crossFieldCheck<Resampling>(
  ({ imageSize, evalResize, interpolation, augmentation }, addIssue) => {
    const { crop, policy } = augmentation;
    const by =
      (crop.kind === "random-resized" && "augmentation.crop") ||
      (policy && "augmentation.policy") ||
      (evalResize !== null && "evalResize") ||
      (typeof imageSize !== "number" && "imageSize");
    if (by && interpolation === null)
      addIssue(["interpolation"], `"bilinear" or "bicubic", because ${by} resamples images`);
    if (!by && interpolation !== null) {
      addIssue(["interpolation"], "null, because images are neither resized nor changed by a policy");
    }
  },
);

interface Mixing {
  readonly classification: { readonly augmentation: z.infer<typeof augmentationSchema> } | null;
  readonly steps: object;
}

/** Checks that the number of images in a micro-batch is even if images are mixed in pairs. */
export function checkMixing({ classification, steps }: Mixing, addIssue: AddIssue): void {
  if (!classification?.augmentation.mix) return;
  for (const [name, step] of Object.entries(steps)) {
    if (typeof step !== "object" || step === null || !("labelSmoothing" in step)) continue;
    const { batchSize, microBatch } = step;
    if ((microBatch ?? batchSize) % 2 === 0) continue;
    const key = microBatch === null ? "batchSize" : "microBatch";
    addIssue(["steps", name, key], "an even number, because classification.augmentation.mix pairs images");
  }
}
