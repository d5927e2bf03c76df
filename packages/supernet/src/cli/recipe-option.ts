import { usageError } from "./arguments.js";

/** The option that names a recipe, and the two that it replaced. */
export const recipeOptions = {
  recipe: { type: "string" },
  classifier: { type: "string" },
  detector: { type: "string" },
} as const;

/**
 * Returns the recipe that the options name, if any.
 * @param hasNetwork whether the command has an option that names one of the recipe's networks
 * @throws UserError if it is named by an option of earlier versions
 */
export function recipeOption(
  values: { readonly recipe?: string; readonly classifier?: string; readonly detector?: string },
  hasNetwork: boolean,
): string | undefined {
  for (const old of ["classifier", "detector"] as const) {
    const name = values[old];
    if (name !== undefined) throw usageError(`--${old} ${name} is now --recipe ${name}${hasNetwork ? ` --network ${old}` : ""}`);
  }
  return values.recipe;
}
