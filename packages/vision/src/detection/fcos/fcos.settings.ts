import { count, positive } from "@supernet/base";
import { z } from "zod";
import {
  convStackSchema,
  elasticConvStackSchema,
  elasticPyramidSchema,
  focalSchema,
  pyramidSchema,
  selectionSchema,
  sensibleNorm,
} from "../common.settings.js";

const HEAD = "Branches for classes and for boxes, which all levels share.";
const DESCRIPTION = "FCOS (https://arxiv.org/abs/1904.01355), which has no anchors.";

const headShape = {
  ...convStackSchema.shape,
  prior: z.number().gt(0).lt(1).describe("Initial probability of every class at every location."),
  focal: focalSchema.describe("Focal loss of the classes."),
  radius: positive.describe(
    "Center sampling: locations are positive only if they are closer than this to the center of a ground-truth box, " +
      "in x and in y, in multiples of the stride of their level.",
  ),
};

const shape = {
  kind: z.literal("fcos"),
  pyramid: pyramidSchema,
  head: z
    .strictObject(headShape)
    .refine(...sensibleNorm)
    .describe(HEAD),
  preNms: count.describe(
    "Number of boxes per level before non-maximum suppression (NMS), those with the highest scores.",
  ),
  ...selectionSchema.shape,
};

export const fcosSchema = z.strictObject(shape).describe(DESCRIPTION);

/** {@link fcosSchema} whose sizes may be lists of choices. */
export const elasticFcosSchema = z
  .strictObject({
    ...shape,
    pyramid: elasticPyramidSchema,
    head: z
      .strictObject({ ...headShape, ...elasticConvStackSchema.shape })
      .refine(...sensibleNorm)
      .describe(HEAD),
  })
  .describe(DESCRIPTION);

/** Settings of {@link Fcos}. */
export type FcosSettings = z.infer<typeof fcosSchema>;
