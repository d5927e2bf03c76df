import type { Recipe } from "../recipe/common.js";
import type { Task } from "../task/task.js";
import type { ClassificationRecipe, ClassificationRecipeInput } from "./classification/settings.js";
import { classification } from "./classification/task.js";
import type { DetectionRecipe, DetectionRecipeInput } from "./detection/settings.js";
import { detection } from "./detection/task.js";

/** The tasks that come with supernet, by the recipe's `task`. This list is the only one. */
export const TASKS: Readonly<Record<string, Task>> = {
  detection: detection as Task<never> as Task,
  classification: classification as Task<never> as Task,
};

/** Recipes by their task, checked and as they are written. */
export interface Recipes {
  readonly detection: DetectionRecipe;
  readonly classification: ClassificationRecipe;
}
export interface RecipeInputs {
  readonly detection: DetectionRecipeInput;
  readonly classification: ClassificationRecipeInput;
}

export type BuiltInRecipe = Recipes[keyof Recipes] & Recipe;
