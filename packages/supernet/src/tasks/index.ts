import type { Recipe } from "../recipe/common.js";
import type { Task } from "../task/task.js";
import type { ClassificationRecipe, ClassificationRecipeInput } from "./classification/settings.js";
import { classification } from "./classification/task.js";
import type { DetectionRecipe, DetectionRecipeInput } from "./detection/settings.js";
import { detection } from "./detection/task.js";

/** Built-in tasks, by the recipe's `task`. This is the only list of them. */
export const TASKS: Readonly<Record<string, Task>> = {
  detection: detection as Task<never> as Task,
  classification: classification as Task<never> as Task,
};

/** Recipes by their task: as they are parsed (`Recipes`), and as they are written (`RecipeInputs`). */
export interface Recipes {
  readonly detection: DetectionRecipe;
  readonly classification: ClassificationRecipe;
}
export interface RecipeInputs {
  readonly detection: DetectionRecipeInput;
  readonly classification: ClassificationRecipeInput;
}

export type BuiltInRecipe = Recipes[keyof Recipes] & Recipe;
