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
  .strictObject({
    kind: z.literal("uniform"),
    constrained: z
      .boolean()
      .default(false)
      .describe("Whether only subnets within the limits of the search are trained."),
    sizeExponent: z
      .number()
      .default(0)
      .describe(
        "Learning rate by the size of the subnet: its gradients are multiplied by (FLOPs / FLOPs of the largest)^exponent. " +
          "0 = the same for all.",
      ),
    largestFirst,
  })
  .describe("One random subnet per iteration (SPOS, https://arxiv.org/abs/1904.00420).");

const ranked = z
  .strictObject({
    kind: z.literal("ranked"),
    weight: z
      .number()
      .positive()
      .describe(
        "Weight of the ranking loss: how far the loss of the larger subnet is above that of the smaller.",
      ),
    largestFirst,
  })
  .describe(
    "Two random subnets per iteration, with a loss if the one with more FLOPs is worse (pairwise ranking loss, " +
      "https://arxiv.org/abs/2206.01648).",
  );

const greedy = z
  .strictObject({
    kind: z.literal("greedy"),
    draws: z.int().min(2).describe("Number of random subnets whose losses on the batch are compared."),
    largestFirst,
  })
  .describe(
    "The random subnet with the lowest loss on the batch, of several (GreedyNAS, https://arxiv.org/abs/2003.11236).",
  );

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
    distillation: z
      .boolean()
      .default(false)
      .describe(
        "Whether to use in-place distillation (https://arxiv.org/abs/1903.05134): the largest subnet learns from the " +
          "labels, and the others from its predictions for the same images: classes, and boxes in a detector.",
      ),
    largestFirst,
  })
  .describe(
    "The subnets with the most and the fewest FLOPs, and random ones (sandwich rule, https://arxiv.org/abs/1903.05134).",
  );

/**
 * Subnets that each iteration of a supernet's training runs. Their gradients are summed, as published: weights that
 * only one of them uses are trained on the whole batch, as in stand-alone training.
 */
export const samplingSchema = z.discriminatedUnion("kind", [uniform, fair, sandwich, ranked, greedy]);

export type SamplingRecipe = z.infer<typeof samplingSchema>;
export type SamplingRecipeInput = z.input<typeof samplingSchema>;
