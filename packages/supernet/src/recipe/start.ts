import { z } from "zod";
import { weightsSourceSchema } from "./weights.js";

/** Where a run begins, and the files that stand for what earlier steps would leave. */
export const startSchema = z.strictObject({
  step: z
    .string()
    .min(1)
    .optional()
    .describe(
      "First step of the run (`--from`). Default: the first one that uses the `subnet`, or the search if there are only " +
        "`weights`.",
    ),
  subnet: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Subnet file that replaces the search (`--subnet`). Default: the subnet that the weights are of.",
    ),
  weights: weightsSourceSchema
    .optional()
    .describe(
      "Weights that replace the training before the first step (`--weights`): of a supernet, or of the subnet.",
    ),
});

export type StartRecipe = z.infer<typeof startSchema>;
