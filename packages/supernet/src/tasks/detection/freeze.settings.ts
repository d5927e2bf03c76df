import { z } from "zod";

export const freezeSchema = z.strictObject({
  stages: z
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe(
      "Number of the backbone's feature maps, from the finest, whose layers keep their weights. 0 freezes only the layers " +
        "before the first searched one, the stem. `null` freezes none.",
    ),
  batchNorm: z
    .boolean()
    .default(false)
    .describe(
      "Whether all batch-norms of the backbone keep their parameters and statistics, as training with few images per " +
        "batch needs.",
    ),
});

export type FreezeRecipe = z.infer<typeof freezeSchema>;
