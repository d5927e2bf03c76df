import { count, fraction, positive } from "@supernet/base";
import { z } from "zod";
import {
  anchorsSchema,
  boxLossSchema,
  byMode,
  convStackSchema,
  matchSchema,
  pyramidSchema,
  sampleSchema,
  selectionSchema,
  sensibleMatch,
} from "../common.settings.js";

/** The region proposal network: which anchors it learns from, and which proposals it makes. */
export const rpnSchema = z
  .strictObject({
    /** Best-scored proposals kept on each level before non-maximum suppression. */
    preNms: byMode,
    /** Proposals kept for an image after it. */
    postNms: byMode,
    /** Intersection over union above which the lower-scored of two proposals of a level is dropped. */
    nms: fraction,
    ...matchSchema.shape,
    ...sampleSchema.shape,
    ...boxLossSchema.shape,
  })
  .refine(...sensibleMatch);

/** How regions are read from the pyramid (RoIAlign; He et al., Mask R-CNN, 2017). */
export const poolSchema = z.strictObject({
  /** Side of the grid of cells that a region becomes. */
  roiSize: count,
  /** Samples along each side of a cell; 0 = as many as the cell has places of the map. */
  samplingRatio: z.int().min(0),
  /** Whether a place's value stands at its centre; false = at its corner, as in torchvision's detectors. */
  aligned: z.boolean(),
  /** Regions with sides below twice this, in pixels, are read from the finest level; each doubling goes one up. */
  finestScale: positive,
});

/** The head that classifies regions and refines their boxes. */
export const boxHeadSchema = z
  .strictObject({
    ...convStackSchema.shape,
    /** Width of each of the fully connected layers after the convolutions. */
    fcs: z.array(count),
    ...poolSchema.shape,
    ...matchSchema.shape,
    ...sampleSchema.shape,
    ...boxLossSchema.shape,
  })
  .refine(...sensibleMatch)
  .refine(({ convs, norm }) => convs.length > 0 || norm === "none", "norm none, as it has no convolutions");

/** Faster R-CNN (Ren et al., 2015) on a feature pyramid (Lin et al., 2017). */
export const fasterRcnnSchema = z.strictObject({
  kind: z.literal("faster-rcnn"),
  pyramid: pyramidSchema,
  anchors: anchorsSchema,
  rpn: rpnSchema,
  head: boxHeadSchema,
  ...selectionSchema.shape,
});

export type RpnSettings = z.infer<typeof rpnSchema>;
export type BoxHeadSettings = z.infer<typeof boxHeadSchema>;
export type FasterRcnnSettings = z.infer<typeof fasterRcnnSchema>;
