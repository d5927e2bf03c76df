import { z } from "zod";

/** One random subnet an iteration (Guo et al., "Single Path One-Shot NAS", 2020). */
const uniform = z.strictObject({ kind: z.literal("uniform") });

/**
 * As many subnets an iteration as a decision has choices, at most: every choice once (Chu et al., "FairNAS", 2021).
 * Where decisions have different numbers of choices, every choice of a decision is trained equally often.
 */
const fair = z.strictObject({ kind: z.literal("fair") });

/** The subnet of most FLOPs, that of least, and others in every iteration (Yu and Huang, 2019). */
const sandwich = z.strictObject({
  kind: z.literal("sandwich"),
  /** Random subnets besides the two. */
  random: z.int().min(0),
});

/**
 * The subnets that an iteration of a supernet's training takes. Their gradients are summed, as published: what only one
 * of them runs is trained by a whole batch, as in a training of its own, and what all run by all of theirs.
 */
export const samplingSchema = z.discriminatedUnion("kind", [uniform, fair, sandwich]);

export const classifierSamplingSchema = z.discriminatedUnion("kind", [
  uniform,
  fair,
  sandwich.extend({
    /**
     * Whether the largest subnet alone learns from the labels, and the others from what it predicts for the same
     * images (in-place distillation, Yu and Huang, 2019).
     */
    distillation: z.boolean(),
  }),
]);

export type SamplingRecipe = z.infer<typeof samplingSchema> | z.infer<typeof classifierSamplingSchema>;
