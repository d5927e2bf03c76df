import { count } from "@supernet/base";
import { z } from "zod";
import {
  anchorsSchema,
  boxLossSchema,
  convStackSchema,
  elasticConvStackSchema,
  elasticPyramidSchema,
  focalSchema,
  matchSchema,
  pyramidSchema,
  selectionSchema,
  sensibleMatch,
} from "../common.settings.js";

const HEAD = "Branches for classes and for boxes, which all levels share.";
const DESCRIPTION = "RetinaNet (https://arxiv.org/abs/1708.02002).";

const headShape = {
  ...convStackSchema.shape,
  prior: z.number().gt(0).lt(1).describe("Initial score of every anchor for every class."),
  focal: focalSchema.describe("Focal loss of the classes."),
  ...matchSchema.shape,
  ...boxLossSchema.shape,
};

const shape = {
  kind: z.literal("retinanet"),
  pyramid: pyramidSchema,
  anchors: anchorsSchema.describe("Anchors at every location of every level, one for each scale and ratio."),
  head: z
    .strictObject(headShape)
    .refine(...sensibleMatch)
    .describe(HEAD),
  preNms: count.describe(
    "Number of boxes per level before non-maximum suppression (NMS), those with the highest scores.",
  ),
  ...selectionSchema.shape,
};

export const retinaNetSchema = z.strictObject(shape).describe(DESCRIPTION);

/** {@link retinaNetSchema} whose sizes may be lists of choices. */
export const elasticRetinaNetSchema = z
  .strictObject({
    ...shape,
    pyramid: elasticPyramidSchema,
    head: z
      .strictObject({ ...headShape, ...elasticConvStackSchema.shape })
      .refine(...sensibleMatch)
      .describe(HEAD),
  })
  .describe(DESCRIPTION);

/** Settings of {@link RetinaNet}. */
export type RetinaNetSettings = z.infer<typeof retinaNetSchema>;
