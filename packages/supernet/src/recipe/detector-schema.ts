import { z } from "zod";
import { count, fraction, positive } from "./values.js";

const trainTest = z.strictObject({ train: count, test: count });

/** Faster R-CNN (Ren et al., 2015) on a feature pyramid (Lin et al., 2017). */
export const detectorSchema = z.strictObject({
  kind: z.literal("faster-rcnn"),
  /** Channels of every pyramid level. */
  fpnChannels: count,
  /** Normalisation after the convolutions of the pyramid and the box head. */
  norm: z.enum(["batch", "group"]),
  anchors: z.strictObject({
    /** Side of a square anchor, as a multiple of its level's stride. */
    scale: positive,
    /** Height / width. */
    ratios: z.array(positive).min(1),
    /** Pixels between neighbouring anchors, one number a pyramid level. */
    strides: z.tuple([count, count, count, count, count]),
  }),
  rpn: z.strictObject({
    /** Best-scored proposals kept on each level before non-maximum suppression. */
    preNms: trainTest,
    /** Proposals kept for an image after it. */
    postNms: trainTest,
    /** Intersection over union above which the lower-scored of two proposals is dropped. */
    nms: fraction,
    /** Anchors an image that the losses see. */
    batchSize: count,
    /** Largest part of them that are positive. */
    positiveFraction: fraction,
    /** Anchors with at least this intersection over union with a true box are positive. */
    positiveIou: fraction,
    /** Anchors with less than this with every true box are negative; those between are ignored. */
    negativeIou: fraction,
  }),
  head: z.strictObject({
    /** 3x3 convolutions before the fully connected layer. */
    convs: count,
    /** Their channels. */
    channels: count,
    /** Width of the fully connected layer. */
    fc: count,
    /** Side of the grid that RoIAlign reads from the pyramid. */
    roiSize: count,
    /** Samples along each side of a grid cell; 0 = as many as the cell has pixels. */
    samplingRatio: z.int().min(0),
    /** Regions with sides below twice this, in pixels, are read from the finest level; each doubling goes one up. */
    finestScale: positive,
    /** Proposals an image that the losses see. */
    batchSize: count,
    /** Largest part of them that are positive. */
    positiveFraction: fraction,
    /** Proposals with at least this intersection over union with a true box are positive. */
    positiveIou: fraction,
  }),
  /** Boxes scored below are not reported. */
  scoreThreshold: fraction,
  /** Intersection over union above which the lower-scored of two boxes of a class is dropped. */
  nms: fraction,
  /** Best-scored boxes reported for an image. */
  detectionsPerImage: count,
});

export type DetectorRecipe = z.infer<typeof detectorSchema>;
