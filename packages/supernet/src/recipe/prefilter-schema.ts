import { ZERO_COST_SCORES } from "@supernet/nas";
import { z } from "zod";

/** A score of networks that are not trained, by which subnets are sorted out before they are scored. */
export const prefilterSchema = z.strictObject({
  score: z.enum(ZERO_COST_SCORES),
  /** Subnets that are drawn for each one that is proposed, which is the one with the highest score. */
  draws: z.int().min(2),
});

export type PrefilterRecipe = z.infer<typeof prefilterSchema>;
