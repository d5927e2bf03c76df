import type { Recipe } from "../recipe/schema.js";

/** What of a network is exported: [n, 3, h, w] images to logits, or to maps for a detector. */
export type ExportedKind = "classifier" | "backbone";

/** The steps of a recipe that leave the found subnet standing alone, with weights of its own; the last one first. */
export function exportedSteps(recipe: Recipe): readonly (readonly [step: string, kind: ExportedKind])[] {
  switch (recipe.task) {
    case "detection":
      return [
        ["detector", "backbone"],
        ["retrain", "classifier"],
      ];
    case "classification":
      return [
        ...(recipe.steps.retrain ? [["retrain", "classifier"] as const] : []),
        ["search", "classifier"],
      ];
  }
}

/**
 * Shape of the image that a recipe's networks are exported for: the one that its classifiers see, or for which a
 * backbone's limits hold.
 */
export function exportedInput(recipe: Recipe, kind: ExportedKind): readonly number[] {
  if (recipe.task === "detection" && kind === "backbone") return recipe.steps.search.input;
  const { imageSize } = recipe.classification;
  return [3, imageSize, imageSize];
}

/** By which pixels become what a network sees: (value / 255 - mean) / std for red, green and blue. */
export function normalisation(recipe: Recipe, kind: ExportedKind): Readonly<Record<string, string>> {
  const source =
    recipe.task === "detection" && kind === "backbone" ? recipe.detection : recipe.classification;
  return { mean: JSON.stringify(source.mean), std: JSON.stringify(source.std) };
}
