import { z } from "zod";

/** Returns the schema of a strategy's resources to minimize. */
export const minimizeSchema = (resources: readonly string[]) =>
  z
    .array(z.enum(resources))
    .min(1)
    .refine((names) => new Set(names).size === names.length, "each resource once")
    .describe("Resources to minimize while the score is maximized.");
