import { existsSync } from "node:fs";
import { getNumThreads, setNumThreads } from "@supernet/torch";
import { measureTable } from "../latency/measure.js";
import { openRuntime } from "../latency/open-runtime.js";
import { measuredTableFile, writeLatencyTable } from "../latency/table-file.js";
import type { InputOf, NetworkModel } from "../network/model.js";
import { measuredLatency } from "../recipe/search.js";
import type { StepContext } from "../task/task.js";
import { openStrategy } from "./open-strategy.js";
import { searchProblem, timedNetworks } from "./problem.js";

/** Less than for a table in a file, because the factors of whole networks correct the times of layers. */
const MEASURED = { rounds: 20, ms: 1000 };

/**
 * Measures the latency table of the networks whose latency the recipe limits or minimizes. Then checks that the space
 * has subnets within the limits. A table that the step has measured before is kept: limits do not change it.
 * @throws UserError if no subnet is within the limits, or the runtime is not installed
 */
export async function measureRunTable(context: StepContext): Promise<void> {
  const { recipe, run, host } = context;
  if (!existsSync(measuredTableFile(host.folder))) await measure(context);
  openStrategy(await searchProblem(run, context.folder), recipe.steps.search);
}

async function measure({ recipe, run, space, host, log }: StepContext): Promise<void> {
  const { measure: name, threads } = measuredLatency(recipe.steps.search)!;
  const engineThreads = getNumThreads();
  try {
    const runtime = await openRuntime(name, threads);
    const models: NetworkModel[] = [];
    for (const { search } of timedNetworks(run)) {
      const model = await search!.open(run);
      if (model) models.push(model);
    }
    const inputOf: InputOf = (subnet) => run.task.searchInput(recipe, subnet);
    host.begin(0, 100);
    const half = { layers: 0, networks: 50 };
    const table = await measureTable({ space, inputOf, models }, runtime, {
      min: MEASURED,
      onProgress: (stage, share) => host.progress(half[stage] + Math.round(50 * share), stage),
    });
    for (const { network, fitted } of table.networks ?? []) {
      const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
      log(
        `  latency of the ${network} in ${runtime.engine}, ${threads} thread${threads === 1 ? "" : "s"}: ` +
          `${table.layers.length} layers and ${fitted.subnets} networks measured; error for networks left out: mean ` +
          `${percent(fitted.error.mean)}, maximum ${percent(fitted.error.max)}`,
      );
    }
    writeLatencyTable(measuredTableFile(host.folder), table);
  } finally {
    setNumThreads(engineThreads);
  }
}
