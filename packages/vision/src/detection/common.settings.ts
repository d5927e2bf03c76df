import { count, fraction, positive } from "@supernet/base";
import { z } from "zod";

// Settings that detectors have in common, one schema a part. These files load no engine, so that a recipe can be
// read without it.

/** A number for training and one for inference. */
export const byMode = z.strictObject({ train: count, test: count });

/** What follows a convolution; with "none" the convolution has a bias instead. */
export const normSchema = z.enum(["none", "batch", "group"]);

/** Feature pyramid network (Lin et al., 2017). */
export const pyramidSchema = z.strictObject({
  /** Pixels between neighbours on each level: strides of the backbone's maps, up to the last one, then doubling. */
  strides: z.array(count).min(1),
  /** Channels of every level. */
  channels: count,
  /** Normalisation after its convolutions. */
  norm: normSchema,
  /**
   * How each level above the backbone's last map is made from the one below: "pool" takes every second place, the
   * others are strided 3x3 convolutions, of which the first reads the backbone's last map ("conv-on-input", C5) or
   * the pyramid's level of that stride ("conv-on-output", P5).
   */
  extraLevels: z.enum(["pool", "conv-on-input", "conv-on-output"]),
});

/** Anchors at every place of every level: one for each scale and ratio. */
export const anchorsSchema = z.strictObject({
  /** Side of a square anchor, as a multiple of its level's stride. */
  scales: z.array(positive).min(1),
  /** Height / width; the area does not depend on it. */
  ratios: z.array(positive).min(1),
});

/** Which boxes (anchors or proposals) stand for a true box. */
export const matchSchema = z.strictObject({
  /** Boxes with at least this intersection over union with a true box are positive. */
  positiveIou: fraction,
  /** Boxes with less than this with every true box are negative; those between are ignored. */
  negativeIou: fraction,
});

/** For the schemas that hold a `matchSchema`: what lies above `positiveIou` would never be negative. */
export const sensibleMatch = [
  ({ positiveIou, negativeIou }: z.infer<typeof matchSchema>) => negativeIou <= positiveIou,
  "negativeIou at most positiveIou",
] as const;

/** Boxes that the losses are computed on. */
export const sampleSchema = z.strictObject({
  /** Number of boxes (anchors or proposals) that are sampled from each image for the losses. */
  samplesPerImage: count,
  /** Maximum fraction of them that are positive. */
  positiveFraction: fraction,
});

/** 3x3 convolutions with ReLU, by which a head begins. */
export const convStackSchema = z.strictObject({
  /** Channels of each of the 3x3 convolutions. */
  convs: z.array(count),
  /** Normalisation after them. */
  norm: normSchema,
});

/** The loss of a class at an anchor whose target has probability p: -alpha (1 - p)^gamma log p. */
export const focalSchema = z.strictObject({
  gamma: z.number().min(0),
  /** Weight of positives; negatives have 1 - alpha. */
  alpha: fraction,
});

export const boxLossSchema = z.strictObject({
  /** Error at which the box loss turns from quadratic to linear, in box deltas; 0 = linear throughout (L1). */
  smoothL1Beta: z.number().min(0),
});

/** Which boxes are reported. */
export const selectionSchema = z.strictObject({
  /** Boxes scored no higher are not reported. */
  scoreThreshold: fraction,
  /** Intersection over union above which the lower-scored of two boxes of a class is dropped. */
  nms: fraction,
  /** Best-scored boxes reported for an image. */
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
