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

/** RetinaNet (https://arxiv.org/abs/1708.02002). */
export const retinaNetSchema = z.strictObject({
  kind: z.literal("retinanet"),
  pyramid: pyramidSchema,
  anchors: anchorsSchema,
  /** Branches for classes and for boxes, shared by all levels. */
  head: z
    .strictObject({
      ...convStackSchema.shape,
      /** Initial score of every anchor for every class. */
      prior: z.number().gt(0).lt(1),
      focal: focalSchema,
      ...matchSchema.shape,
      ...boxLossSchema.shape,
    })
    .refine(...sensibleMatch),
  /** Maximum number of boxes per level before non-maximum suppression. */
  preNms: count,
  ...selectionSchema.shape,
});

/** Settings of {@link RetinaNet}. */
export type RetinaNetSettings = z.infer<typeof retinaNetSchema>;
