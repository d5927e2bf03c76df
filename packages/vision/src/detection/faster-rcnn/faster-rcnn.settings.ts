import { count, fraction, positive } from "@supernet/base";
import { z } from "zod";
import {
  anchorsSchema,
  boxLossSchema,
  byMode,
  convStackSchema,
  elasticConvStackSchema,
  elasticPyramidSchema,
  matchSchema,
  orChoices,
  pyramidSchema,
  sampleSchema,
  selectionSchema,
  sensibleMatch,
  sensibleNorm,
} from "../common.settings.js";

/** Region proposal network: sampling of its anchors, and selection of its proposals. */
const rpnShape = {
  preNms: byMode.describe(
    "Number of proposals per level before non-maximum suppression (NMS), the best-scored.",
  ),
  postNms: byMode.describe("Number of proposals per image after NMS."),
  nms: fraction.describe("IoU above which the lower-scored of two proposals of a level is dropped."),
  ...matchSchema.shape,
  lowQualityIou: fraction.describe(
    "The anchors with the highest IoU with a ground-truth box are positive even below `positiveIou`, if that IoU is at " +
      "least this. 0 matches every ground-truth box that overlaps an anchor.",
  ),
  ...sampleSchema.shape,
  ...boxLossSchema.shape,
};

/** Refinement for the RPN: from `positiveIou`, all anchors are positive anyway. */
const sensibleLowQuality = [
  ({ lowQualityIou, positiveIou }: { readonly lowQualityIou: number; readonly positiveIou: number }) =>
    lowQualityIou < positiveIou,
  "lowQualityIou below positiveIou",
] as const;

export const rpnSchema = z
  .strictObject(rpnShape)
  .refine(...sensibleMatch)
  .refine(...sensibleLowQuality);

const elasticRpnSchema = z
  .strictObject({
    ...rpnShape,
    postNms: byMode
      .extend({ test: orChoices(count).describe("Number in inference. A list is searched.") })
      .describe("Number of proposals per image after NMS."),
  })
  .refine(...sensibleMatch)
  .refine(...sensibleLowQuality);

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
const boxHeadShape = {
  ...convStackSchema.shape,
  fcs: z.array(count).describe("Number of features of each fully connected layer after the convolutions."),
  ...poolSchema.shape,
  ...matchSchema.shape,
  ...sampleSchema.shape,
  ...boxLossSchema.shape,
};

export const boxHeadSchema = z
  .strictObject(boxHeadShape)
  .refine(...sensibleMatch)
  .refine(...sensibleNorm);

const elasticBoxHeadSchema = z
  .strictObject({
    ...boxHeadShape,
    ...elasticConvStackSchema.shape,
    fcs: orChoices(boxHeadShape.fcs).describe(
      "Number of features of each fully connected layer after the convolutions. A list of such lists is searched.",
    ),
  })
  .refine(...sensibleMatch)
  .refine(...sensibleNorm);

const RPN = "Region proposal network.";
const HEAD = "Head that classifies regions and refines their boxes.";
const DESCRIPTION = "Faster R-CNN (https://arxiv.org/abs/1506.01497) on a feature pyramid.";

const shape = {
  kind: z.literal("faster-rcnn"),
  pyramid: pyramidSchema,
  anchors: anchorsSchema.describe("Anchors at every location of every level, one for each scale and ratio."),
  rpn: rpnSchema.describe(RPN),
  head: boxHeadSchema.describe(HEAD),
  ...selectionSchema.shape,
};

export const fasterRcnnSchema = z.strictObject(shape).describe(DESCRIPTION);

/** {@link fasterRcnnSchema} whose sizes may be lists of choices. */
export const elasticFasterRcnnSchema = z
  .strictObject({
    ...shape,
    pyramid: elasticPyramidSchema,
    rpn: elasticRpnSchema.describe(RPN),
    head: elasticBoxHeadSchema.describe(HEAD),
  })
  .describe(DESCRIPTION);

export type RpnSettings = z.infer<typeof rpnSchema>;
export type BoxHeadSettings = z.infer<typeof boxHeadSchema>;
/** Settings of {@link FasterRcnn}. */
export type FasterRcnnSettings = z.infer<typeof fasterRcnnSchema>;
