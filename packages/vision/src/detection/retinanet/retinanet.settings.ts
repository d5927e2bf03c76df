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

/** RetinaNet (Lin et al., "Focal Loss for Dense Object Detection", 2017). */
export const retinaNetSchema = z.strictObject({
  kind: z.literal("retinanet"),
  pyramid: pyramidSchema,
  anchors: anchorsSchema,
  /** The two branches, for classes and for boxes, which all levels share. */
  head: z
    .strictObject({
      ...convStackSchema.shape,
      /** Score that every anchor begins with for every class. */
      prior: z.number().gt(0).lt(1),
      focal: focalSchema,
      ...matchSchema.shape,
      ...boxLossSchema.shape,
    })
    .refine(...sensibleMatch),
  /** Best-scored boxes kept on each level before non-maximum suppression. */
  preNms: count,
  ...selectionSchema.shape,
});

export type RetinaNetSettings = z.infer<typeof retinaNetSchema>;
