import { UserError, writeJson } from "@supernet/base";
import { getNumThreads, setNumThreads } from "@supernet/torch";
import { latencyFile, measureFound } from "../latency/found.js";
import { latencyTable } from "../latency/table-file.js";
import type { InputOf, NetworkModel } from "../network/model.js";
import { requireStep } from "../task/run-context.js";
import type { StepContext } from "../task/task.js";
import { readSubnet } from "./found-subnet.js";
import { timedNetworks } from "./problem.js";

/**
 * Writes the latencies of the found subnet's networks to a step's folder: predicted by the latency table of the search,
 * and measured if the table is from this machine. Does nothing if the recipe has no latency table. Only the report uses
 * the result.
 */
export async function reportLatency(context: StepContext): Promise<void> {
  requireStep("reportLatency: context", context);
  const { recipe, run, log } = context;
  const table = latencyTable(run);
  if (table === null) return;
  const threads = getNumThreads();
  try {
    const models: NetworkModel[] = [];
    for (const { search } of timedNetworks(run)) {
      const model = await search!.open(run);
      if (model) models.push(model);
    }
    const inputOf: InputOf = (subnet) => run.task.searchInput(recipe, subnet);
    const subnet = readSubnet(context);
    writeJson(latencyFile(context.folder()), await measureFound(table, { models, inputOf, subnet }));
  } catch (error) {
    // A run does not fail because a runtime that it does not need is missing.
    if (!(error instanceof UserError)) throw error;
    log(`cannot measure the latency of the found subnet: ${error.message}`);
  } finally {
    setNumThreads(threads);
  }
}
