import {
  BYTES,
  createEstimator,
  type MeasuredNetwork,
  mapMemory,
  measuresOf,
  type Resources,
  type SearchProblem,
} from "@supernet/nas";
import { predictLatency } from "../latency/predict.js";
import { latencyTable, type OpenTable } from "../latency/table-file.js";
import type { ImageShape, NetworkModel } from "../network/model.js";
import type { Recipe } from "../recipe/common.js";
import { flatConstraints } from "../recipe/search.js";
import { minimized } from "../recipe/strategy.js";
import { requireRun, searchedSpace } from "../task/run-context.js";
import type { RunContext, TaskNetwork } from "../task/task.js";

/**
 * Describes what a run searches: its space and its limits, for one image of the task's `searchInput`. Resources of a
 * network without a prefix have plain names (`flops`), others begin with it (`backbone.flops`). Latencies are there if
 * one is limited or an objective. A network with surroundings is measured only if a limit or an objective names it, as
 * that needs the engine and the data.
 * @throws UserError if that depends on data which is missing, or the table of latencies does not fit what is limited
 */
export async function searchProblem(run: RunContext): Promise<SearchProblem> {
  requireRun("searchProblem: run", run);
  const { recipe, task } = run;
  const input = task.searchInput(recipe);
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
    measured[prefix] = await measuredNetwork(model, input, timed ? table : null);
  }
  const space = await run.get(searchedSpace);
  const constraints = flatConstraints(recipe.steps.search.constraints);
  return { space, constraints, ...measuresOf(measured), seed: recipe.seed };
}

async function measuredNetwork(
  model: NetworkModel,
  input: ImageShape,
  table: OpenTable | null,
): Promise<MeasuredNetwork> {
  const latency = table === null ? undefined : predictLatency(table, model, input);
  const { measure, smooth } = createEstimator(model.name, model.parts, input);
  if (!model.surroundings) return { measure, smooth, latency };
  const surroundings = await model.surroundings.cost(input);
  return {
    measure: (subnet) => addSurroundings(measure(subnet), surroundings),
    smooth: (subnet) => addSurroundings(smooth(subnet), surroundings),
    latency,
  };
}

/** Adds the cost of what surrounds the parts of a network. */
function addSurroundings(parts: Resources, surroundings: Resources): Resources {
  const params = parts.params + surroundings.params;
  return {
    params,
    macs: parts.macs + surroundings.macs,
    flops: parts.flops + surroundings.flops,
    activations: parts.activations + surroundings.activations,
    memory: BYTES * params + Math.max(mapMemory(parts), mapMemory(surroundings)),
  };
}

/** Names of the resources that a recipe limits or minimizes. */
export const usedResources = ({ steps: { search } }: Recipe): readonly string[] => [
  ...Object.keys(flatConstraints(search.constraints)),
  ...minimized(search.strategy),
];

/** The networks whose latency is limited or an objective. */
export function timedNetworks(run: RunContext): readonly TaskNetwork[] {
  const used = usedResources(run.recipe);
  return run.task.networks.filter(({ search }) => {
    const prefix = search?.prefix ?? null;
    return prefix !== null && used.includes(prefix === "" ? "latency" : `${prefix}.latency`);
  });
}

/** All networks that latencies are measured of, with what they are for the search's image. */
export async function latencySubject(run: RunContext) {
  const { recipe, task } = run;
  const models: NetworkModel[] = [];
  for (const { search } of task.networks) {
    const model = await search?.open(run);
    if (model) models.push(model);
  }
  return { space: await run.get(searchedSpace), input: task.searchInput(recipe), models };
}
