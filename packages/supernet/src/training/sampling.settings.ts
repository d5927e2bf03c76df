import { count } from "@supernet/base";
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

const constrained = z
  .boolean()
  .default(false)
  .describe("Whether only subnets within the limits of the search are trained.");

const uniform = z
  .strictObject({
    kind: z.literal("uniform"),
    constrained,
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

const pool = z
  .strictObject({
    images: count.describe(
      "Number of held-out images, those for the search, on which the loss of every drawn subnet is computed.",
    ),
    train: count.describe(
      "Number of subnets, the best of those drawn, that the next iterations train, one in each. Then others are drawn.",
    ),
    size: count
      .default(1000)
      .describe("Number of subnets that the pool remembers, those with the lowest losses."),
    probability: z
      .number()
      .gt(0)
      .lte(1)
      .default(0.8)
      .describe("Probability, at the end, that a subnet is drawn from the pool instead of at random."),
    from: z
      .number()
      .min(0)
      .lt(1)
      .default(0.07)
      .describe("Fraction of the iterations after which the probability rises linearly, from 0."),
    to: z
      .number()
      .gt(0)
      .lte(1)
      .default(1)
      .describe("Fraction of the iterations after which the probability stays the same."),
  })
  .refine(({ from, to }) => from < to, { path: ["from"], message: "less than `to`" });

const greedy = z
  .strictObject({
    kind: z.literal("greedy"),
    draws: z.int().min(2).describe("Number of random subnets whose losses are compared."),
    constrained,
    pool: pool
      .optional()
      .describe(
        "Compares the losses on held-out images, trains several of the best, and draws more and more from the best so " +
          "far. Default: the losses on the batch are compared, and the best subnet is trained.",
      ),
    largestFirst,
  })
  .refine(({ draws, pool }) => pool === undefined || pool.train < draws, {
    path: ["pool", "train"],
    message: "less than draws, the subnets that are compared",
  })
  .describe(
    "The subnets with the lowest loss, of several random ones (GreedyNAS, https://arxiv.org/abs/2003.11236).",
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
