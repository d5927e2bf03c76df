import { count } from "@supernet/base";
import { z } from "zod";
import {
  anchorsSchema,
  boxLossSchema,
  convStackSchema,
  focalSchema,
  matchSchema,
  pyramidSchema,
  selectionSchema,
  sensibleMatch,
} from "../common.settings.js";

export const retinaNetSchema = z
  .strictObject({
    kind: z.literal("retinanet"),
    pyramid: pyramidSchema.describe("Feature pyramid network (https://arxiv.org/abs/1612.03144)."),
    anchors: anchorsSchema.describe(
      "Anchors at every location of every level, one for each scale and ratio.",
    ),
    head: z
      .strictObject({
        ...convStackSchema.shape,
        prior: z.number().gt(0).lt(1).describe("Initial score of every anchor for every class."),
        focal: focalSchema.describe("Focal loss of the classes."),
        ...matchSchema.shape,
        ...boxLossSchema.shape,
      })
      .refine(...sensibleMatch)
      .describe("Branches for classes and for boxes, which all levels share."),
    preNms: count.describe(
      "Number of boxes per level before non-maximum suppression (NMS), those with the highest scores.",
    ),
    ...selectionSchema.shape,
  })
  .describe("RetinaNet (https://arxiv.org/abs/1708.02002).");

/** Settings of {@link RetinaNet}. */
export type RetinaNetSettings = z.infer<typeof retinaNetSchema>;
