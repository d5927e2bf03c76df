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
    preNms: byMode.describe(
      "Number of proposals per level before non-maximum suppression (NMS), the best-scored.",
    ),
    postNms: byMode.describe("Number of proposals per image after NMS."),
    nms: fraction.describe("IoU above which the lower-scored of two proposals of a level is dropped."),
    ...matchSchema.shape,
    ...sampleSchema.shape,
    ...boxLossSchema.shape,
  })
  .refine(...sensibleMatch);

/** Pooling of regions from the pyramid by RoIAlign (https://arxiv.org/abs/1703.06870). */
export const poolSchema = z.strictObject({
  roiSize: count.describe("Side of the grid of cells that a region is pooled to."),
  samplingRatio: z
    .int()
    .min(0)
    .describe("Number of samples along each side of a cell. 0 takes one per location of the feature map."),
  aligned: z
    .boolean()
    .describe(
      "Whether values are at the centers of locations. `false` puts them at corners, as torchvision does.",
    ),
  finestScale: positive.describe(
    "Regions with sides below twice this, in pixels, are read from the finest level. Each doubling is one level up.",
  ),
});

/** Head that classifies regions and refines their boxes. */
export const boxHeadSchema = z
  .strictObject({
    ...convStackSchema.shape,
    fcs: z.array(count).describe("Number of features of each fully connected layer after the convolutions."),
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

export const fasterRcnnSchema = z
  .strictObject({
    kind: z.literal("faster-rcnn"),
    pyramid: pyramidSchema.describe("Feature pyramid network (https://arxiv.org/abs/1612.03144)."),
    anchors: anchorsSchema.describe(
      "Anchors at every location of every level, one for each scale and ratio.",
    ),
    rpn: rpnSchema.describe("Region proposal network."),
    head: boxHeadSchema.describe("Head that classifies regions and refines their boxes."),
    ...selectionSchema.shape,
  })
  .describe("Faster R-CNN (https://arxiv.org/abs/1506.01497) on a feature pyramid.");

export type RpnSettings = z.infer<typeof rpnSchema>;
export type BoxHeadSettings = z.infer<typeof boxHeadSchema>;
/** Settings of {@link FasterRcnn}. */
export type FasterRcnnSettings = z.infer<typeof fasterRcnnSchema>;
