import { stringify } from "yaml";
import type { Recipe } from "./common.js";

/** The recipe as YAML that `loadRecipe` reads back to an equal one. */
export function recipeToYaml(recipe: Recipe): string {
  return stringify(recipe, { lineWidth: 110, flowCollectionPadding: false, aliasDuplicateObjects: false });
}
