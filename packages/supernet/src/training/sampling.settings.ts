import { z } from "zod";

const largestFirst = z
  .number()
  .min(0)
  .lt(1)
  .default(0)
  .describe(
    "Fraction of the iterations, at the start, that train only the largest subnet. The others then start with its " +
      "weights (progressive shrinking, https://arxiv.org/abs/1908.09791). 0 = none.",
  );

const uniform = z
  .strictObject({ kind: z.literal("uniform"), largestFirst })
  .describe("One random subnet per iteration (SPOS, https://arxiv.org/abs/1904.00420).");

const fair = z
  .strictObject({ kind: z.literal("fair"), largestFirst })
  .describe(
    "One subnet per choice, so that every choice of a decision is trained equally often (FairNAS, " +
      "https://arxiv.org/abs/1907.01845).",
  );

const sandwich = z
  .strictObject({
    kind: z.literal("sandwich"),
    random: z.int().min(0).describe("Number of random subnets in addition to the largest and the smallest."),
    largestFirst,
  })
  .describe(
    "The subnets with the most and the fewest FLOPs, and random ones (sandwich rule, https://arxiv.org/abs/1903.05134).",
  );

/**
 * Subnets that each iteration of a supernet's training runs. Their gradients are summed, as published: weights that
 * only one of them uses are trained on the whole batch, as in stand-alone training.
 */
export const samplingSchema = z.discriminatedUnion("kind", [uniform, fair, sandwich]);

export const classifierSamplingSchema = z.discriminatedUnion("kind", [
  uniform,
  fair,
  sandwich
    .extend({
      distillation: z
        .boolean()
        .describe(
          "Whether to use in-place distillation (https://arxiv.org/abs/1903.05134): the largest subnet learns from the " +
            "labels, and the others from its predictions for the same images.",
        ),
    })
    .describe(sandwich.description!),
]);

export type SamplingRecipe = z.infer<typeof samplingSchema> | z.infer<typeof classifierSamplingSchema>;
export type SamplingRecipeInput = z.input<typeof samplingSchema> | z.input<typeof classifierSamplingSchema>;
