import { count, fraction, positive } from "@supernet/base";
import { z } from "zod";

// Settings that detectors share, one schema per part. The *.settings.ts files do not load the engine, so recipes can be
// read without it.

/** Number for training and number for inference. */
export const byMode = z.strictObject({ train: count, test: count });

/** Normalization after a convolution. With "none", the convolution has a bias instead. */
export const normSchema = z.enum(["none", "batch", "group"]);

/** Feature pyramid network (https://arxiv.org/abs/1612.03144). */
export const pyramidSchema = z.strictObject({
  /** Stride of each level in pixels: strides of the backbone's maps up to the last one, then doubled for each level. */
  strides: z.array(count).min(1),
  /** Number of channels of every level. */
  channels: count,
  /** Normalization after its convolutions. */
  norm: normSchema,
  /**
   * Method that computes each level above the backbone's last map from the level below. "pool" keeps every second
   * position. The others are 3x3 convolutions with stride 2, and differ in the input of the first one: the backbone's
   * last map ("conv-on-input", C5) or the pyramid's level of that stride ("conv-on-output", P5).
   */
  extraLevels: z.enum(["pool", "conv-on-input", "conv-on-output"]),
});

/** Anchors at every position of every level: one for each scale and ratio. */
export const anchorsSchema = z.strictObject({
  /** Side of a square anchor, as a multiple of its level's stride. */
  scales: z.array(positive).min(1),
  /** Height / width. The area does not depend on it. */
  ratios: z.array(positive).min(1),
});

/** Thresholds that match boxes (anchors or proposals) with true boxes. */
export const matchSchema = z.strictObject({
  /** Minimum intersection over union (IoU) of a positive box with a true box. */
  positiveIou: fraction,
  /** Boxes with a lower IoU with every true box are negative. Boxes between the thresholds are ignored. */
  negativeIou: fraction,
});

/** Refinement for schemas that contain a `matchSchema`. */
export const sensibleMatch = [
  ({ positiveIou, negativeIou }: z.infer<typeof matchSchema>) => negativeIou <= positiveIou,
  "negativeIou at most positiveIou",
] as const;

/** Sampling of the boxes that the losses are computed on. */
export const sampleSchema = z.strictObject({
  /** Number of boxes (anchors or proposals) to sample per image. */
  samplesPerImage: count,
  /** Maximum fraction of positive boxes among them. */
  positiveFraction: fraction,
});

/** 3x3 convolutions with ReLU at the start of a head. */
export const convStackSchema = z.strictObject({
  /** Number of channels of each 3x3 convolution. */
  convs: z.array(count),
  /** Normalization after each convolution. */
  norm: normSchema,
});

/** Focal loss of a class at an anchor whose target has probability p: -alpha (1 - p)^gamma log p. */
export const focalSchema = z.strictObject({
  /** Exponent that reduces the loss of easy anchors. */
  gamma: z.number().min(0),
  /** Weight of positives. Negatives have weight 1 - alpha. */
  alpha: fraction,
});

/** Smooth L1 loss of boxes. */
export const boxLossSchema = z.strictObject({
  /** Error in box deltas at which the loss changes from quadratic to linear. 0 is plain L1. */
  smoothL1Beta: z.number().min(0),
});

/** Selection of the detections that are returned. */
export const selectionSchema = z.strictObject({
  /** Boxes with at most this score are dropped. */
  scoreThreshold: fraction,
  /** IoU above which the box with the lower score is dropped, if both have the same class. */
  nms: fraction,
  /** Maximum number of detections per image. */
  detectionsPerImage: count,
});

export type ByMode = z.infer<typeof byMode>;
export type Norm = z.infer<typeof normSchema>;
export type PyramidSettings = z.infer<typeof pyramidSchema>;
export type AnchorSettings = z.infer<typeof anchorsSchema>;
export type MatchSettings = z.infer<typeof matchSchema>;
export type SampleSettings = z.infer<typeof sampleSchema>;
export type ConvStackSettings = z.infer<typeof convStackSchema>;
export type FocalSettings = z.infer<typeof focalSchema>;
export type SelectionSettings = z.infer<typeof selectionSchema>;
