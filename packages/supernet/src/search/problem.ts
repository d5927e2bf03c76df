import { requireFunction, UserError } from "@supernet/base";
import {
  BYTES,
  type Constraints,
  createEstimator,
  type MeasuredNetwork,
  mapMemory,
  measuresOf,
  type Resources,
  type SearchProblem,
  type Subnet,
} from "@supernet/nas";
import { predictLatency } from "../latency/predict.js";
import { latencyTable } from "../latency/table-file.js";
import { byInput } from "../network/by-input.js";
import type { InputOf, NetworkModel } from "../network/model.js";
import { flatConstraints, isLatency, measuredLatency } from "../recipe/search.js";
import { minimized } from "../recipe/strategy.js";
import { networksOf, requireRun, searchedSpace } from "../task/run-context.js";
import type { RunContext, TaskNetwork } from "../task/task.js";

/**
 * Describes the search of a run: its space, its limits and the resources of subnets, each for one image of the task's
 * `searchInput`.
 *
 * The resources of a network have its prefix (`backbone.flops`), or plain names (`flops`) if the prefix is empty.
 * Latencies are included if the recipe has a latency table. A network that is measured on demand is included only if a
 * limit or an objective names it, because measuring it needs the engine and the data.
 * @param folder returns the folder of a step: `context.folder`. Required if the run measures its latency table itself.
 * @throws UserError if data for this is missing, or the latency table does not match the networks
 * @example
 * const { measure } = await searchProblem(context.run);
 * const { flops, params } = measure(subnet);
 */
export async function searchProblem(
  run: RunContext,
  folder?: (step: string) => string,
): Promise<SearchProblem> {
  requireRun("searchProblem: run", run);
  if (folder !== undefined) requireFunction("searchProblem: folder", folder);
  const table = latencyTable(run, folder);
  if (table === null && measuredLatency(run.recipe.steps.search))
    throw new UserError("searchProblem: the run has not measured its latency table: pass context.folder");
  return problemWith(run, (model, inputOf) =>
    table === null ? undefined : predictLatency(table, model, inputOf),
  );
}

/**
 * Describes the search of a run before its first step. If the run measures its latency table itself, there are no limits
 * on latency yet.
 * @throws UserError as `searchProblem` does
 */
export async function problemBeforeRun(run: RunContext): Promise<SearchProblem> {
  if (!measuredLatency(run.recipe.steps.search)) return searchProblem(run);
  const problem = await problemWith(run, () => () => 0);
  const limits = Object.entries(problem.constraints).filter(([name]) => !isLatency(name));
  return { ...problem, constraints: Object.fromEntries(limits) };
}

/** @param predict returns a function that predicts the latency of a network; undefined if there is no table */
async function problemWith(run: RunContext, predict: Predict): Promise<SearchProblem> {
  const { recipe } = run;
  const used = usedResources(run);
  const measured: Record<string, MeasuredNetwork> = {};
  for (const { search } of networksOf(run)) {
    if (!search || search.prefix === null) continue;
    const { prefix, onDemand } = search;
    if (onDemand && !used.some((name) => name.startsWith(`${prefix}.`))) continue;
    const model = await search.open(run);
    if (!model) continue;
    const latency = prefix === "" ? "latency" : `${prefix}.latency`;
    const timed = used.includes(latency) || !(onDemand || measuredLatency(recipe.steps.search));
    measured[prefix] = await measuredNetwork(model, run, timed ? predict : () => undefined);
  }
  const space = await run.get(searchedSpace);
  return { space, constraints: constraintsOf(run), ...measuresOf(measured), seed: recipe.seed };
}

type Predict = (model: NetworkModel, inputOf: InputOf) => ((subnet: Subnet) => number) | undefined;

async function measuredNetwork(
  model: NetworkModel,
  { recipe, task }: RunContext,
  predict: Predict,
): Promise<MeasuredNetwork> {
  const inputOf: InputOf = (subnet) => task.searchInput(recipe, subnet);
  const latency = predict(model, inputOf);
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
    operations: parts.operations + surroundings.operations,
    activations: parts.activations + surroundings.activations,
    memory: BYTES * params + Math.max(mapMemory(parts), mapMemory(surroundings)),
  };
}

/** Returns the limits of a run's search by the full name of their resource. */
const constraintsOf = ({ recipe, task }: RunContext): Constraints =>
  flatConstraints(task.constraints?.(recipe) ?? recipe.steps.search.constraints);

/** Returns the names of the resources that a run limits or minimizes. */
export const usedResources = (run: RunContext): readonly string[] => [
  ...Object.keys(constraintsOf(run)),
  ...minimized(run.recipe.steps.search.strategy),
];

/** Returns the networks whose latency is limited or minimized. */
export function timedNetworks(run: RunContext): readonly TaskNetwork[] {
  const used = usedResources(run);
  return networksOf(run).filter(({ search }) => {
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
  for (const { search } of networksOf(run)) {
    const model = await search?.open(run);
    if (model) models.push(model);
  }
  const inputOf: InputOf = (subnet) => task.searchInput(recipe, subnet);
  return { space: await run.get(searchedSpace), inputOf, models };
}
