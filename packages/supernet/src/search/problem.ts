import {
  BYTES,
  createEstimator,
  type MeasuredNetwork,
  mapMemory,
  measuresOf,
  type Resources,
  type SearchProblem,
  type Subnet,
} from "@supernet/nas";
import { predictLatency } from "../latency/predict.js";
import { latencyTable, type OpenTable } from "../latency/table-file.js";
import { byInput } from "../network/by-input.js";
import type { InputOf, NetworkModel } from "../network/model.js";
import type { Recipe } from "../recipe/common.js";
import { flatConstraints } from "../recipe/search.js";
import { minimized } from "../recipe/strategy.js";
import { requireRun, searchedSpace } from "../task/run-context.js";
import type { RunContext, TaskNetwork } from "../task/task.js";

/**
 * Describes the search of a run: its space, its limits and the resources of subnets, each for one image of the task's
 * `searchInput`.
 *
 * The resources of a network have its prefix (`backbone.flops`), or plain names (`flops`) if the prefix is empty.
 * Latencies are included if the recipe has a latency table. A network that is measured on demand is included only if a
 * limit or an objective names it, because measuring it needs the engine and the data.
 * @throws UserError if data for this is missing, or the latency table does not match the networks
 * @example
 * const { measure } = await searchProblem(context.run);
 * const { flops, params } = measure(subnet);
 */
export async function searchProblem(run: RunContext): Promise<SearchProblem> {
  requireRun("searchProblem: run", run);
  const { recipe, task } = run;
  const used = usedResources(recipe);
  const table = run.get(latencyTable);
  const measured: Record<string, MeasuredNetwork> = {};
  for (const { search } of task.networks) {
    if (!search || search.prefix === null) continue;
    const { prefix, onDemand } = search;
    if (onDemand && !used.some((name) => name.startsWith(`${prefix}.`))) continue;
    const model = await search.open(run);
    if (!model) continue;
    const timed = !onDemand || used.includes(`${prefix}.latency`);
    measured[prefix] = await measuredNetwork(model, run, timed ? table : null);
  }
  const space = await run.get(searchedSpace);
  const constraints = flatConstraints(recipe.steps.search.constraints);
  return { space, constraints, ...measuresOf(measured), seed: recipe.seed };
}

async function measuredNetwork(
  model: NetworkModel,
  { recipe, task }: RunContext,
  table: OpenTable | null,
): Promise<MeasuredNetwork> {
  const inputOf: InputOf = (subnet) => task.searchInput(recipe, subnet);
  const latency = table === null ? undefined : predictLatency(table, model, inputOf);
  const estimatorOf = byInput(
    inputOf,
    (input) => model.estimator?.(input) ?? createEstimator(model.name, model.parts, input),
  );
  const measure = (subnet: Subnet) => estimatorOf(subnet).measure(subnet);
  const smooth = (subnet: Subnet) => estimatorOf(subnet).smooth(subnet);
  if (!model.surroundings) return { measure, smooth, latency };
  const surroundings = await model.surroundings.cost(inputOf());
  return {
    measure: (subnet) => addSurroundings(measure(subnet), surroundings),
    smooth: (subnet) => addSurroundings(smooth(subnet), surroundings),
    latency,
  };
}

/** Adds the cost of a network's surroundings to that of its parts. */
export function addSurroundings(parts: Resources, surroundings: Resources): Resources {
  const params = parts.params + surroundings.params;
  return {
    params,
    macs: parts.macs + surroundings.macs,
    flops: parts.flops + surroundings.flops,
    activations: parts.activations + surroundings.activations,
    memory: BYTES * params + Math.max(mapMemory(parts), mapMemory(surroundings)),
  };
}

/** Returns the names of the resources that a recipe limits or minimizes. */
export const usedResources = ({ steps: { search } }: Recipe): readonly string[] => [
  ...Object.keys(flatConstraints(search.constraints)),
  ...minimized(search.strategy),
];

/** Returns the networks whose latency is limited or minimized. */
export function timedNetworks(run: RunContext): readonly TaskNetwork[] {
  const used = usedResources(run.recipe);
  return run.task.networks.filter(({ search }) => {
    const prefix = search?.prefix ?? null;
    return prefix !== null && used.includes(prefix === "" ? "latency" : `${prefix}.latency`);
  });
}

/**
 * Returns all networks that a latency table can be measured for, with their space and the shapes of the search's images.
 */
export async function latencySubject(run: RunContext) {
  const { recipe, task } = run;
  const models: NetworkModel[] = [];
  for (const { search } of task.networks) {
    const model = await search?.open(run);
    if (model) models.push(model);
  }
  const inputOf: InputOf = (subnet) => task.searchInput(recipe, subnet);
  return { space: await run.get(searchedSpace), inputOf, models };
}
