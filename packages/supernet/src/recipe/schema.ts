import { detectorSchema } from "@supernet/vision/detector-settings";
import { z } from "zod";
import { classificationSchema, detectionSchema } from "./data-schema.js";
import { stepsSchema } from "./steps-schema.js";
import { count } from "./values.js";

/** The SPOS ShuffleNetV2 space (Guo et al., "Single Path One-Shot Neural Architecture Search", 2020). */
const spaceSchema = z.strictObject({
  name: z.literal("spos-shufflenetv2"),
  /** Output channels of the first 3x3 convolution, which has stride 2. */
  stem: count,
  /** Blocks in each of the four stages; the first block of a stage has stride 2. */
  blocks: z.tuple([count, count, count, count]),
  /** Output channels of each of the four stages; even, since blocks split them in halves. */
  channels: z.tuple([count, count, count, count]),
  /** Output channels of the last 1x1 convolution, before the classifier. */
  last: count,
});

/** Everything that decides what a run computes. Relative paths are taken from the current folder. */
export const recipeSchema = z.strictObject({
  /** Short name, used for the default work-dir. */
  name: z.string().min(1),
  /** One sentence for `supernet recipes` and the report. */
  description: z.string(),
  /** The one number that all chance in the run is derived from. */
  seed: z.int().min(0),
  /** Where tensors live; "auto" takes the first CUDA device where there is one. */
  device: z.string().regex(/^(auto|cpu|cuda:\d+)$/, '"auto", "cpu" or "cuda:N"'),
  /** Threads of the engine; 0 = as many as there are cores. */
  threads: z.int().min(0),
  /** Threads that read and decode images ahead of the training loop; 0 = none beside the loop's own. */
  workers: z.int().min(0),
  space: spaceSchema,
  classification: classificationSchema,
  detection: detectionSchema,
  detector: detectorSchema,
  steps: stepsSchema,
});

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeInput = z.input<typeof recipeSchema>;
export type SpaceRecipe = Recipe["space"];
