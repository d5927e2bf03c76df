import { z } from "zod";

const sourceShape = {
  file: z
    .string()
    .min(1)
    .describe("File of weights: safetensors, or a PyTorch checkpoint (`.pth`). Nothing in it is executed."),
  key: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Path of the state dict in a PyTorch checkpoint, such as `model_ema` or `ema.model`. Default: the only one, or that of " +
        "the network, such as `state_dict` or `model`.",
    ),
  prefix: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Uses only tensors whose names begin with it, such as `student.`, and removes it from the names. The prefixes of " +
        "wrappers that all names have, such as `module.`, are always removed.",
    ),
};

/** Weights from a file that a run begins with. */
export const weightsSourceSchema = z.strictObject(sourceShape);

/** Weights from a file that a training begins with. */
export const initSchema = z
  .strictObject({
    ...sourceShape,
    strict: z
      .boolean()
      .default(true)
      .describe(
        "Whether tensors that are missing, unexpected or of another shape are errors. With `false`, the others are " +
          "loaded, and the log lists these.",
      ),
  })
  .optional()
  .describe(
    "Weights that the training begins with. A file of a classifier or a backbone initializes the backbone of a detector. " +
      "Default: those of the earlier step, or new ones.",
  );

export type WeightsSource = z.infer<typeof weightsSourceSchema>;
/** Undefined if a training begins with other weights. */
export type InitRecipe = z.infer<typeof initSchema>;
