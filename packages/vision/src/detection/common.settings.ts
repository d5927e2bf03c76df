import { count, fraction, positive } from "@supernet/base";
import { z } from "zod";

// Settings that detectors share, one schema per part. The *.settings.ts files do not load the engine, so recipes can be
// read without it.

/** A number for training and one for inference. */
export const byMode = z.strictObject({
  train: count.describe("Number in training."),
  test: count.describe("Number in inference."),
});

/** Normalization after a convolution. With "none", the convolution has a bias instead. */
export const normSchema = z.enum(["none", "batch", "group"]);

const PYRAMID = "Feature pyramid network (https://arxiv.org/abs/1612.03144).";

/** Feature pyramid network (https://arxiv.org/abs/1612.03144). */
export const pyramidSchema = z
  .strictObject({
    strides: z
      .array(count)
      .min(1)
      .describe(
        "Stride of each level in pixels: strides of the backbone's feature maps up to the last one, then doubling.",
      ),
    channels: count.describe("Number of channels of every level."),
    norm: normSchema.describe("Normalization after the convolutions."),
    extraLevels: z
      .enum(["pool", "conv-on-input", "conv-on-output"])
      .describe(
        "How levels above the backbone's last feature map are computed. `pool` takes every second location of the level " +
          "below. The others are 3x3 convolutions of stride 2, the first of them on the backbone's last feature map " +
          "(`conv-on-input`, C5) or on the pyramid level of that stride (`conv-on-output`, P5).",
      ),
  })
  .describe(PYRAMID);

/** Value, or a list of choices that a search decides between. */
export const orChoices = <T extends z.ZodType>(schema: T) =>
  z.union([
    schema,
    z
      .array(schema)
      .min(2)
      .refine(
        (choices) => new Set(choices.map((choice) => JSON.stringify(choice))).size === choices.length,
        "choices that differ",
      ),
  ]);

/** {@link pyramidSchema} whose sizes may be lists of choices. */
export const elasticPyramidSchema = pyramidSchema
  .extend({
    strides: orChoices(pyramidSchema.shape.strides).describe(
      "Stride of each level in pixels: strides of the backbone's feature maps up to the last one, then doubling. A list " +
        "of such lists is searched.",
    ),
    channels: orChoices(count).describe("Number of channels of every level. A list is searched."),
  })
  .describe(PYRAMID);

/** Anchors at every position of every level: one for each scale and ratio. */
export const anchorsSchema = z.strictObject({
  scales: z
    .array(positive)
    .min(1)
    .describe("Sides of a square anchor, in multiples of the stride of its level."),
  ratios: z.array(positive).min(1).describe("Height / width of anchors. The area does not depend on it."),
});

/** Thresholds that match boxes (anchors or proposals) with true boxes. */
export const matchSchema = z.strictObject({
  positiveIou: fraction.describe(
    "Minimum IoU of a positive box (anchor or proposal) with a ground-truth box.",
  ),
  negativeIou: fraction.describe(
    "Boxes with a lower IoU with every ground-truth box are negative. Boxes between the two are ignored.",
  ),
});

/** Refinement for schemas that contain a `matchSchema`. */
export const sensibleMatch = [
  ({ positiveIou, negativeIou }: z.infer<typeof matchSchema>) => negativeIou <= positiveIou,
  "negativeIou at most positiveIou",
] as const;

/** Sampling of the boxes that the losses are computed on. */
export const sampleSchema = z.strictObject({
  samplesPerImage: count.describe(
    "Number of boxes (anchors or proposals) that are sampled from each image for the losses.",
  ),
  positiveFraction: fraction.describe("Maximum fraction of the sampled boxes that are positive."),
});

/** 3x3 convolutions with ReLU at the start of a head. */
export const convStackSchema = z.strictObject({
  convs: z.array(count).describe("Number of channels of each 3x3 convolution."),
  norm: normSchema.describe("Normalization after the convolutions."),
});

/** {@link convStackSchema} whose sizes may be lists of choices. */
export const elasticConvStackSchema = convStackSchema.extend({
  convs: z
    .union([
      convStackSchema.shape.convs,
      z.strictObject({
        depth: orChoices(z.int().min(0)).describe("Number of convolutions. A list is searched."),
        width: orChoices(count).describe("Number of channels of every convolution. A list is searched."),
      }),
    ])
    .describe(
      "Number of channels of each 3x3 convolution, or their `depth` and `width`, which may be searched.",
    ),
});

/** Refinement for schemas that contain a stack of convolutions whose norm has no effect without any. */
export const sensibleNorm = [
  ({ convs, norm }: { convs: ElasticConvs; norm: Norm }) =>
    !Array.isArray(convs) || convs.length > 0 || norm === "none",
  "norm none, because it has no convolutions",
] as const;

/** Focal loss of a class at an anchor whose target has probability p: -alpha (1 - p)^gamma log p. */
export const focalSchema = z.strictObject({
  gamma: z.number().min(0).describe("Exponent that reduces the loss of well-classified anchors."),
  alpha: fraction.describe("Weight of positives. Negatives have weight 1 - alpha."),
});

/** Smooth L1 loss of boxes. */
export const boxLossSchema = z.strictObject({
  smoothL1Beta: z
    .number()
    .min(0)
    .describe(
      "Error at which the box loss changes from quadratic to linear, in box deltas. 0 is the L1 loss.",
    ),
});

/** Selection of the detections that are returned. */
export const selectionSchema = z.strictObject({
  scoreThreshold: fraction.describe("Boxes with this score or a lower one are dropped."),
  nms: fraction.describe("IoU above which the lower-scored of two boxes of a class is dropped."),
  detectionsPerImage: count.describe("Maximum number of boxes per image, those with the highest scores."),
});

export type ByMode = z.infer<typeof byMode>;
export type Norm = z.infer<typeof normSchema>;
export type PyramidSettings = z.infer<typeof pyramidSchema>;
export type AnchorSettings = z.infer<typeof anchorsSchema>;
export type MatchSettings = z.infer<typeof matchSchema>;
export type SampleSettings = z.infer<typeof sampleSchema>;
export type ConvStackSettings = z.infer<typeof convStackSchema>;
export type ElasticConvs = z.infer<typeof elasticConvStackSchema>["convs"];
export type FocalSettings = z.infer<typeof focalSchema>;
export type SelectionSettings = z.infer<typeof selectionSchema>;
