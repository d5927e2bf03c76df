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

/** Region proposal network: sampling of its anchors, and selection of its proposals. */
export const rpnSchema = z
  .strictObject({
    /** Maximum number of proposals per level before non-maximum suppression. */
    preNms: byMode,
    /** Maximum number of proposals per image after non-maximum suppression. */
    postNms: byMode,
    /** IoU above which the proposal with the lower score is dropped, if both are of the same level. */
    nms: fraction,
    ...matchSchema.shape,
    ...sampleSchema.shape,
    ...boxLossSchema.shape,
  })
  .refine(...sensibleMatch);

/** Pooling of regions from the pyramid by RoIAlign (https://arxiv.org/abs/1703.06870). */
export const poolSchema = z.strictObject({
  /** Number of cells along each side of a pooled region. */
  roiSize: count,
  /** Number of samples along each side of a cell. With 0, it is the number of map positions that the cell covers. */
  samplingRatio: z.int().min(0),
  /** Whether the value of a map position is at its center. If false, it is at its corner, as in torchvision. */
  aligned: z.boolean(),
  /** Regions smaller than twice this side in pixels use the finest level. Each doubling uses the next coarser level. */
  finestScale: positive,
});

/** Head that classifies regions and refines their boxes. */
export const boxHeadSchema = z
  .strictObject({
    ...convStackSchema.shape,
    /** Width of each fully connected layer after the convolutions. */
    fcs: z.array(count),
    ...poolSchema.shape,
    ...matchSchema.shape,
    ...sampleSchema.shape,
    ...boxLossSchema.shape,
  })
  .refine(...sensibleMatch)
  .refine(
    ({ convs, norm }) => convs.length > 0 || norm === "none",
    "norm none, because it has no convolutions",
  );

/** Faster R-CNN (https://arxiv.org/abs/1506.01497) on a feature pyramid (https://arxiv.org/abs/1612.03144). */
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
/** Settings of {@link FasterRcnn}. */
export type FasterRcnnSettings = z.infer<typeof fasterRcnnSchema>;
