import { detectorSchema } from "@supernet/vision/detector-settings";
import { z } from "zod";
import { paired } from "./augmentation-schema.js";
import { classificationStepsSchema } from "./classification-steps-schema.js";
import { classificationSchema, detectionSchema, heldOutClassificationSchema } from "./data-schema.js";
import { spaceSchema } from "./space-schema.js";
import { detectionStepsSchema } from "./steps-schema.js";

/** What every recipe has, whatever its task. */
const commonShape = {
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
  /** Candidates that a search scores at a time, each on its share of the engine's threads with a supernet of its own. */
  scorers: z.int().min(1),
  /**
   * Folder where the decoded images of photographs are kept, for all epochs after the first and for other runs: three
   * bytes a pixel. null = they are decoded whenever they are needed.
   */
  cache: z.string().min(1).nullable().default(null),
  /** What is searched; `supernet spaces` lists the names. */
  space: spaceSchema,
};

/** A backbone for object detectors is searched, by the steps of DetNAS. */
const detectionRecipeSchema = z
  .strictObject({
    task: z.literal("detection"),
    ...commonShape,
    classification: classificationSchema,
    detection: detectionSchema,
    detector: detectorSchema,
    steps: detectionStepsSchema,
  })
  .superRefine(paired);

/** A classifier is searched: the supernet is trained, searched and tested on the same data set. */
const classificationRecipeSchema = z
  .strictObject({
    task: z.literal("classification"),
    ...commonShape,
    classification: heldOutClassificationSchema,
    steps: classificationStepsSchema,
  })
  .superRefine(paired);

/** Everything that decides what a run computes. Relative paths are taken from the current folder. */
export const recipeSchema = z.discriminatedUnion("task", [detectionRecipeSchema, classificationRecipeSchema]);

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeInput = z.input<typeof recipeSchema>;

/** By task. */
export type Recipes = { [T in Recipe["task"]]: Extract<Recipe, { task: T }> };
export type RecipeInputs = { [T in RecipeInput["task"]]: Extract<RecipeInput, { task: T }> };

export type DetectionRecipe = Recipes["detection"];
export type ClassificationRecipe = Recipes["classification"];
