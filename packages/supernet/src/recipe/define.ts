import { UserError } from "@supernet/base";
import { describeProblems } from "./problems.js";
import { type Recipe, type RecipeInput, type RecipeInputs, type Recipes, recipeSchema } from "./schema.js";

/**
 * A recipe, checked. Recipes are plain objects, so that one is made from another by spread:
 * `defineRecipe({ ...detnasQuickstart, name: "mine", seed: 1 })`.
 * @throws UserError naming the path of the first mistake
 */
export function defineRecipe<T extends RecipeInput["task"]>(
  recipe: RecipeInputs[T] & { task: T },
): Recipes[T] {
  return parseRecipe(recipe, `recipe ${recipe.name}`) as Recipes[T];
}

/**
 * Checks a value of unknown origin.
 * @param source what messages call it: a file's path, or `recipe NAME`
 * @throws UserError naming the path of the first mistake, and the nearest valid key where one is unknown
 */
export function parseRecipe(value: unknown, source: string): Recipe {
  const checked = checkRecipe(value);
  if ("recipe" in checked) return checked.recipe;
  throw new UserError(`${source}: ${checked.problem}`);
}

/** The recipe that a value is, or one line on why it is none. */
export function checkRecipe(value: unknown): { recipe: Recipe } | { problem: string } {
  const result = recipeSchema.safeParse(value);
  if (result.success) return { recipe: result.data };
  return { problem: describeProblems(recipeSchema, value, result.error.issues) };
}
