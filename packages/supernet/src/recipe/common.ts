import { stringify } from "yaml";
import { z } from "zod";
import type { SearchSettings } from "./search.js";
import { spaceSchema } from "./space.js";

/** What every recipe has, whatever its task. */
const commonShape = {
  /** Short name, used for the default work-dir. */
  name: z.string().min(1),
  /** One sentence for `supernet recipes` and the report. */
  description: z.string(),
  /** The one number from which all randomness in the run is derived. */
  seed: z.int().min(0),
  /** Where tensors live; "auto" takes the first CUDA device if there is one. */
  device: z.string().regex(/^(auto|cpu|cuda:\d+)$/, '"auto", "cpu" or "cuda:N"'),
  /** Threads of the engine; 0 = as many as there are cores. */
  threads: z.int().min(0),
  /** Threads that read and decode images ahead of the training loop; 0 = none besides the loop's own. */
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

/** A task that the user describes. */
export const taskFileSchema = z.strictObject({
  /** A TypeScript or JavaScript file that exports a task made by `defineTask` as `task` or by default. */
  file: z.string().min(1),
});

/** A built-in task's name, or a user's file. */
export type TaskRecipe = string | z.infer<typeof taskFileSchema>;

/** What messages call a recipe's task. */
export const taskName = (task: TaskRecipe): string => (typeof task === "string" ? task : task.file);

const commonSchema = z.strictObject(commonShape);

/** Everything that decides what a run computes. Relative paths of data are taken from the current folder. */
export type Recipe = z.infer<typeof commonSchema> & {
  readonly task: TaskRecipe;
  readonly steps: { readonly search: SearchSettings };
};

/** Converts a recipe to YAML, from which `loadRecipe` reads an equal one. */
export function recipeToYaml(recipe: Recipe): string {
  return stringify(recipe, { lineWidth: 110, flowCollectionPadding: false, aliasDuplicateObjects: false });
}

/**
 * The schema of a task's recipes.
 * @param task the schema of the recipe's `task`
 * @param settings the sections of the task
 */
export const recipeSchema = <T extends z.ZodType, S extends z.ZodRawShape>(task: T, settings: S) =>
  z.strictObject({ task, ...commonShape, ...settings });

/** The recipes of a task with these sections: checked, and as they are written. */
export type RecipeOf<N extends string, S extends z.ZodRawShape> = z.infer<
  ReturnType<typeof recipeSchema<z.ZodLiteral<N>, S>>
>;
export type RecipeInputOf<N extends string, S extends z.ZodRawShape> = z.input<
  ReturnType<typeof recipeSchema<z.ZodLiteral<N>, S>>
>;
