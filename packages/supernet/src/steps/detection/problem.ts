import {
  BYTES,
  type Constraints,
  createEstimator,
  featureParts,
  mapMemory,
  measuresOf,
  type NetworkSpace,
  type Resources,
  type SearchProblem,
} from "@supernet/nas";
import type { DetectionRecipe } from "../../recipe/schema.js";
import type { RoundBackbone } from "./detector-cost.js";

/**
 * What the recipe searches. Its constraints hold for one image of the search's input: the classifier without its last
 * layer, which hangs on the data, under the resources' plain names, the backbone as `backbone.flops` and so on, and
 * where there is a limit on it, the whole detector as `detector.flops`.
 */
export async function searchProblem(recipe: DetectionRecipe, space: NetworkSpace): Promise<SearchProblem> {
  const { input, constraints } = recipe.steps.search;
  const backbone = createEstimator("backbone", space.backbone, input);
  const measures = measuresOf({
    "": createEstimator("features", featureParts(space), input),
    backbone,
    ...(constraints.detector && { detector: within(backbone, await roundBackbone(recipe, space)) }),
  });
  return { space, constraints: searchConstraints(recipe), ...measures, seed: recipe.seed };
}

// Only a limit on the detector needs the engine, and the data for the number of classes.
async function roundBackbone(recipe: DetectionRecipe, space: NetworkSpace): Promise<RoundBackbone> {
  const { costRoundBackbone } = await import("./detector-cost.js");
  const { detectionClasses } = await import("./data.js");
  return costRoundBackbone(recipe, space, detectionClasses(recipe).length, recipe.steps.search.input);
}

type Measured = Parameters<typeof measuresOf>[0][string];

function within(backbone: Measured, round: RoundBackbone): Measured {
  const sum = (own: Resources): Resources => {
    const params = own.params + round.params;
    const maps = Math.max(mapMemory(own), mapMemory(round));
    return {
      params,
      macs: own.macs + round.macs,
      flops: own.flops + round.flops,
      activations: own.activations + round.activations,
      memory: BYTES * params + maps,
    };
  };
  return {
    measure: (subnet) => sum(backbone.measure(subnet)),
    smooth: (subnet) => sum(backbone.smooth(subnet)),
  };
}

/** The recipe's constraints by the names of what is measured: `flops`, `backbone.flops`, `detector.flops`. */
export function searchConstraints(recipe: DetectionRecipe): Constraints {
  const { backbone = {}, detector = {}, ...features } = recipe.steps.search.constraints;
  const under = (name: string, ranges: object) =>
    Object.entries(ranges).map(([resource, range]) => [`${name}.${resource}`, range] as const);
  const named = [...Object.entries(features), ...under("backbone", backbone), ...under("detector", detector)];
  return Object.fromEntries(named.filter(([, range]) => range !== undefined));
}
