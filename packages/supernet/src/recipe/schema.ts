import { detectorSchema } from "@supernet/vision/detector-settings";
import { z } from "zod";
import { paired } from "./augmentation-schema.js";
import { classificationSchema, detectionSchema } from "./data-schema.js";
import { spaceSchema } from "./space-schema.js";
import { stepsSchema } from "./steps-schema.js";

const shape = z.strictObject({
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
  /** What is searched; `supernet spaces` lists the names. */
  space: spaceSchema,
  classification: classificationSchema,
  detection: detectionSchema,
  detector: detectorSchema,
  steps: stepsSchema,
});

/** Everything that decides what a run computes. Relative paths are taken from the current folder. */
export const recipeSchema = shape.superRefine(paired);

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeInput = z.input<typeof recipeSchema>;
