import { type AddIssue, count, crossFieldCheck, fraction, positive } from "@supernet/base";
import { z } from "zod";

/** A smallest and a largest value of the same kind. */
export const interval = <T extends z.ZodType<number>>(bound: T) =>
  z.tuple([bound, bound]).refine((ends) => ends[0]! <= ends[1]!, "the smaller number first");

const cropSchema = z.discriminatedUnion("kind", [
  /** A random part of the image, by area and by width/height, resized to imageSize. */
  z.strictObject({
    kind: z.literal("random-resized"),
    scale: interval(positive.max(1)),
    ratio: interval(positive),
  }),
  /** The whole image, its shorter side at most imageSize, moved each way by up to `shift` pixels over black. */
  z.strictObject({ kind: z.literal("shifted"), shift: z.int().min(0) }),
]);

const policySchema = z.discriminatedUnion("kind", [
  /** Operations drawn at random (Cubuk et al., 2020). timm's rand-m9-mstd0.5-inc1 is 2, 0.5, 9, 0.5 and true. */
  z.strictObject({
    kind: z.literal("rand-augment"),
    /** Operations drawn for an image. */
    operations: count,
    /** Probability of a drawn operation being applied. */
    probability: positive.max(1),
    /** Strength of the operations, up to 10. */
    magnitude: z.number().min(0).max(10),
    /** Deviation of the normal noise on the magnitude. */
    magnitudeStd: z.number().min(0),
    /** Whether every operation changes an image more the greater the magnitude. */
    increasing: z.boolean(),
  }),
  /** A pair of operations drawn from what was learned on a data set (Cubuk et al., 2019). */
  z.strictObject({
    kind: z.literal("auto-augment"),
    learnedOn: z.enum(["imagenet", "cifar10", "svhn"]),
  }),
]);

const erasingSchema = z.strictObject({
  /** Probability of a part of an image being erased. */
  probability: positive.max(1),
  /** Smallest and largest size of the part, in parts of the image's area. */
  area: interval(positive.max(1)),
  /** Smallest and largest width/height of the part. */
  ratio: interval(positive),
  /** What comes in its place, once normalised: normal noise for each pixel and channel, or 0, the mean. */
  fill: z.enum(["noise", "mean"]),
});

const mixSchema = z.discriminatedUnion("kind", [
  /** Two images are blended by a weight of Beta(alpha, alpha) (Zhang et al., 2018). */
  z.strictObject({ kind: z.literal("mixup"), alpha: positive }),
  /** A box of the other image's, which leaves a part of Beta(alpha, alpha) (Yun et al., 2019). */
  z.strictObject({ kind: z.literal("cutmix"), alpha: positive }),
  /** Each batch by one of them. */
  z.strictObject({
    kind: z.literal("mixup-or-cutmix"),
    mixupAlpha: positive,
    cutmixAlpha: positive,
    cutmixProbability: z.number().gt(0).lt(1),
  }),
]);

/** What training does to an image, in this order, and to a batch of them. */
export const augmentationSchema = z.strictObject({
  /** Times in a row that an image comes, augmented differently each time; an epoch stays as long. 1 = as it is. */
  repeats: count,
  crop: cropSchema,
  /** Probability of mirroring left to right. */
  flip: fraction,
  /** Geometric and colour operations drawn for each image; null = none. */
  policy: policySchema.nullable(),
  /** Factors are drawn from [1 - value, 1 + value]; hue turns by up to value of the circle; null = none. */
  colorJitter: z
    .strictObject({
      brightness: z.number().min(0),
      contrast: z.number().min(0),
      saturation: z.number().min(0),
      hue: z.number().min(0).max(0.5),
    })
    .refine((jitter) => Object.values(jitter).some((value) => value > 0), "a value above 0, or null")
    .nullable(),
  /** A random part is erased (Zhong et al., 2020); null = none. */
  erasing: erasingSchema.nullable(),
  /** Images and labels are mixed in pairs of a micro-batch, in one way for a whole batch; null = none. */
  mix: mixSchema.nullable(),
});

interface Resampling {
  readonly evalResize: number | null;
  readonly interpolation: string | null;
  readonly augmentation: z.infer<typeof augmentationSchema>;
}

/** Checks that `interpolation` is set if and only if something resamples images. */
export const interpolated = crossFieldCheck<Resampling>(
  ({ evalResize, interpolation, augmentation }, addIssue) => {
    const { crop, policy } = augmentation;
    const by =
      (crop.kind === "random-resized" && "augmentation.crop") ||
      (policy && "augmentation.policy") ||
      (evalResize !== null && "evalResize");
    if (by && interpolation === null)
      addIssue(["interpolation"], `"bilinear" or "bicubic", as ${by} resamples images`);
    if (!by && interpolation !== null) {
      addIssue(["interpolation"], "null, as images are neither resized nor changed by a policy");
    }
  },
);

interface Mixing {
  readonly classification: { readonly augmentation: z.infer<typeof augmentationSchema> };
  readonly steps: object;
}

/** Checks that the number of images in a micro-batch is even if images are mixed in pairs. */
export function checkMixing({ classification, steps }: Mixing, addIssue: AddIssue): void {
  if (classification.augmentation.mix === null) return;
  for (const [name, step] of Object.entries(steps)) {
    if (typeof step !== "object" || step === null || !("labelSmoothing" in step)) continue;
    const { batchSize, microBatch } = step;
    if ((microBatch ?? batchSize) % 2 === 0) continue;
    const key = microBatch === null ? "batchSize" : "microBatch";
    addIssue(["steps", name, key], "an even number, as classification.augmentation.mix pairs images");
  }
}
