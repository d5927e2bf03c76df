import { getNumThreads, setNumThreads } from "@supernet/torch";
import { measureTable } from "../latency/measure.js";
import { openRuntime } from "../latency/open-runtime.js";
import { measuredTableFile, writeLatencyTable } from "../latency/table-file.js";
import type { InputOf, NetworkModel } from "../network/model.js";
import { measuredLatency } from "../recipe/search.js";
import { createRecipeStrategy } from "../recipe/strategy.js";
import type { StepContext } from "../task/task.js";
import { searchProblem, timedNetworks } from "./problem.js";

/**
 * Measures the latency table of the networks whose latency the recipe limits or minimizes. Then checks that the space
 * has subnets within the limits.
 * @throws UserError if it has none, or the runtime is not installed
 */
export async function measureRunTable(context: StepContext): Promise<void> {
  const { recipe, run, space, host, log } = context;
  const { measure, threads } = measuredLatency(recipe.steps.search)!;
  const engineThreads = getNumThreads();
  try {
    const runtime = await openRuntime(measure, threads);
    const models: NetworkModel[] = [];
    for (const { search } of timedNetworks(run)) {
      const model = await search!.open(run);
      if (model) models.push(model);
    }
    const inputOf: InputOf = (subnet) => run.task.searchInput(recipe, subnet);
    host.begin(0, 100);
    const half = { layers: 0, networks: 50 };
    const table = await measureTable({ space, inputOf, models }, runtime, {
      onProgress: (stage, share) => host.progress(half[stage] + Math.round(50 * share), stage),
    });
    writeLatencyTable(measuredTableFile(host.folder), table);
    for (const { network, fitted } of table.networks ?? []) {
      const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
      log(
        `  latency of the ${network} in ${runtime.engine}, ${threads} thread${threads === 1 ? "" : "s"}: ` +
          `${table.layers.length} layers and ${fitted.subnets} networks measured; error for networks left out: mean ` +
          `${percent(fitted.error.mean)}, maximum ${percent(fitted.error.max)}`,
      );
    }
  } finally {
    setNumThreads(engineThreads);
  }
  createRecipeStrategy(await searchProblem(run, context.folder), recipe.steps.search.strategy);
}
