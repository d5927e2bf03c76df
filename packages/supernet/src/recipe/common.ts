import { stringify } from "yaml";
import { z } from "zod";
import type { SearchSettings } from "./search.js";
import { spaceSchema } from "./space.js";
import { startSchema } from "./start.js";

/** Maximum number of threads of one kind. More than any machine has cores is a mistake. */
const MAX_THREADS = 1024;

/** Keys of every recipe. */
const commonShape = {
  name: z.string().min(1).describe("Short name of the recipe. The default work-dir is `runs/NAME`."),
  description: z.string().describe("One sentence for `supernet recipes` and the report."),
  seed: z.int().min(0).describe("Seed of all random numbers in the run."),
  device: z
    .string()
    .regex(/^(auto|cpu|cuda:\d+)$/, '"auto", "cpu" or "cuda:N"')
    .describe(
      "Device of the tensors: `cpu`, `cuda:N` or `auto`. `auto` is the first CUDA device, or the CPU if there is none.",
    ),
  threads: z.int().min(0).max(MAX_THREADS).describe("Number of engine threads. 0 uses all cores."),
  workers: z
    .int()
    .min(0)
    .max(MAX_THREADS)
    .describe("Number of threads that read and decode images ahead of training. 0 uses the training thread."),
  scorers: z
    .int()
    .min(1)
    .max(MAX_THREADS)
    .describe(
      "Number of candidates that the search scores at a time. Each has its own copy of the supernet and an equal " +
        "share of the engine threads.",
    ),
  cache: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      "Folder for decoded photographs, with three bytes per pixel. Later epochs and other runs read them from there. " +
        "`null` decodes an image each time it is used.",
    ),
  start: startSchema
    .nullable()
    .default(null)
    .describe("Begins the run at a later step, with results from files. `null` runs all steps."),
  space: spaceSchema.describe(
    "Search space: a built-in one with its sizes, or a file. `supernet spaces` lists the built-in ones.",
  ),
};

/** A task in a user's file. */
export const taskFileSchema = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe(
      "TypeScript or JavaScript file that exports a task, as `task` or by default. See `defineTask`.",
    ),
});

/** Name of a built-in task, or a user's file. */
export type TaskRecipe = string | z.infer<typeof taskFileSchema>;

/** Returns the name of a recipe's task for messages. */
export const taskName = (task: TaskRecipe): string => (typeof task === "string" ? task : task.file);

const commonSchema = z.strictObject(commonShape);

/** Settings of a run, which determine its results. Relative paths of data start at the current folder. */
export type Recipe = z.infer<typeof commonSchema> & {
  readonly task: TaskRecipe;
  readonly steps: { readonly search: SearchSettings };
};

/** Converts a recipe to YAML, which `loadRecipe` reads. */
export function recipeToYaml(recipe: Recipe): string {
  return stringify(recipe, { lineWidth: 110, flowCollectionPadding: false, aliasDuplicateObjects: false });
}

/**
 * Returns the schema of a task's recipes.
 * @param task schema of the recipe's `task`
 * @param settings sections of the task
 */
export const recipeSchema = <T extends z.ZodType, S extends z.ZodRawShape>(task: T, settings: S) =>
  z.strictObject({ task, ...commonShape, ...settings });

/** Recipes of a task with these sections: the parsed ones, and the input. */
export type RecipeOf<N extends string, S extends z.ZodRawShape> = z.infer<
  ReturnType<typeof recipeSchema<z.ZodLiteral<N>, S>>
>;
export type RecipeInputOf<N extends string, S extends z.ZodRawShape> = z.input<
  ReturnType<typeof recipeSchema<z.ZodLiteral<N>, S>>
>;
