import {
  type Constraints,
  createEstimator,
  featureParts,
  measuresOf,
  type NetworkSpace,
  type SearchProblem,
} from "@supernet/nas";
import type { Recipe } from "../recipe/schema.js";

/**
 * What the recipe searches. Its constraints hold for one image of the search's input: the classifier without its last
 * layer, which hangs on the data, under the resources' plain names, and the backbone as `backbone.flops` and so on.
 */
export function searchProblem(recipe: Recipe, space: NetworkSpace): SearchProblem {
  const { input } = recipe.steps.search;
  const measures = measuresOf({
    "": createEstimator("features", featureParts(space), input),
    backbone: createEstimator("backbone", space.backbone, input),
  });
  return { space, constraints: searchConstraints(recipe), ...measures, seed: recipe.seed };
}

/** The recipe's constraints by the names of what is measured: `flops`, `backbone.flops`. */
export function searchConstraints(recipe: Recipe): Constraints {
  const { backbone = {}, ...features } = recipe.steps.search.constraints;
  const named = [
    ...Object.entries(features),
    ...Object.entries(backbone).map(([name, range]) => [`backbone.${name}`, range] as const),
  ];
  return Object.fromEntries(named.filter(([, range]) => range !== undefined));
}
