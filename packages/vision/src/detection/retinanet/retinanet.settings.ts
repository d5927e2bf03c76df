import { count, fraction } from "@supernet/base";
import { z } from "zod";
import {
  anchorsSchema,
  boxLossSchema,
  convStackSchema,
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
      /** The loss of a class at an anchor whose target has probability p: -alpha (1 - p)^gamma log p. */
      focal: z.strictObject({
        gamma: z.number().min(0),
        /** Weight of positives; negatives have 1 - alpha. */
        alpha: fraction,
      }),
      ...matchSchema.shape,
      ...boxLossSchema.shape,
    })
    .refine(...sensibleMatch),
  /** Best-scored boxes kept on each level before non-maximum suppression. */
  preNms: count,
  ...selectionSchema.shape,
});

export type RetinaNetSettings = z.infer<typeof retinaNetSchema>;
