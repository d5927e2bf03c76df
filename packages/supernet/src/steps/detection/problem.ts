import {
  BYTES,
  type Constraints,
  createEstimator,
  featureParts,
  type MeasuredNetwork,
  mapMemory,
  measuresOf,
  type NetworkSpace,
  type Resources,
  type SearchProblem,
} from "@supernet/nas";
import { latencyRoundBackbone, predictLatency, roundDetector } from "../../latency/predict.js";
import { type OpenTable, openLatencyTable } from "../../latency/table-file.js";
import type { DetectionRecipe } from "../../recipe/schema.js";
import { minimized } from "../../recipe/search-length.js";
import type { RoundBackbone } from "./detector-cost.js";

/**
 * What the recipe searches. Its constraints hold for one image of the search's input: the classifier without its last
 * layer, which hangs on the data, under the resources' plain names, the backbone as `backbone.flops` and so on, and
 * where there is a limit on it or it is an objective, the whole detector as `detector.flops`. Latencies are there where one is
 * limited or an objective.
 * @throws UserError where the table of latencies does not fit what is limited
 */
export async function searchProblem(recipe: DetectionRecipe, space: NetworkSpace): Promise<SearchProblem> {
  const { input, latency } = recipe.steps.search;
  const constraints = searchConstraints(recipe);
  const asked = askedOf(recipe);
  const table = latency && openLatencyTable(latency);
  const predicted = table && predictLatency(table, { space, input, classes: null });
  const backbone: MeasuredNetwork = {
    ...createEstimator("backbone", space.backbone, input),
    latency: predicted?.backbone,
  };
  const measures = measuresOf({
    "": { ...createEstimator("features", featureParts(space), input), latency: predicted?.whole },
    backbone,
    ...(asked.some((name) => name.startsWith("detector.")) && {
      detector: within(
        backbone,
        await roundBackbone(recipe, space, asked.includes("detector.latency") ? table : null),
      ),
    }),
  });
  return { space, constraints, ...measures, seed: recipe.seed };
}

/** What stands round every backbone, and takes so many milliseconds where they are asked for. */
interface Round {
  readonly cost: RoundBackbone;
  readonly latency: number | undefined;
}

// Only a limit on the detector, or an objective, needs the engine, and the data for the number of classes.
async function roundBackbone(
  recipe: DetectionRecipe,
  space: NetworkSpace,
  table: OpenTable | null,
): Promise<Round> {
  const { costRoundBackbone } = await import("./detector-cost.js");
  const { detectionClasses } = await import("./data.js");
  const { input } = recipe.steps.search;
  const classes = detectionClasses(recipe).length;
  return {
    cost: costRoundBackbone(recipe, space, classes, input),
    latency:
      table === null ? undefined : latencyRoundBackbone(table, roundDetector(recipe, space, classes, input)),
  };
}

function within(backbone: MeasuredNetwork, round: Round): MeasuredNetwork {
  const sum = (own: Resources): Resources => {
    const params = own.params + round.cost.params;
    const maps = Math.max(mapMemory(own), mapMemory(round.cost));
    return {
      params,
      macs: own.macs + round.cost.macs,
      flops: own.flops + round.cost.flops,
      activations: own.activations + round.cost.activations,
      memory: BYTES * params + maps,
    };
  };
  const { latency } = round;
  return {
    measure: (subnet) => sum(backbone.measure(subnet)),
    smooth: (subnet) => sum(backbone.smooth(subnet)),
    latency: latency === undefined ? undefined : (subnet) => backbone.latency!(subnet) + latency,
  };
}

/** Names of the resources that a recipe limits or minimizes. */
export const askedOf = (recipe: DetectionRecipe): readonly string[] => [
  ...Object.keys(searchConstraints(recipe)),
  ...minimized(recipe.steps.search.strategy),
];

/** The recipe's constraints by the names of what is measured: `flops`, `backbone.flops`, `detector.flops`. */
export function searchConstraints(recipe: DetectionRecipe): Constraints {
  const { backbone = {}, detector = {}, ...features } = recipe.steps.search.constraints;
  const under = (name: string, ranges: object) =>
    Object.entries(ranges).map(([resource, range]) => [`${name}.${resource}`, range] as const);
  const named = [...Object.entries(features), ...under("backbone", backbone), ...under("detector", detector)];
  return Object.fromEntries(named.filter(([, range]) => range !== undefined));
}
