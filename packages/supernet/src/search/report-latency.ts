import { UserError, writeJson } from "@supernet/base";
import { getNumThreads, setNumThreads } from "@supernet/torch";
import { latencyFile, measureFound } from "../latency/found.js";
import { latencyTable } from "../latency/table-file.js";
import type { NetworkModel } from "../network/model.js";
import { requireStep } from "../task/run-context.js";
import type { StepContext } from "../task/task.js";
import { readSubnet } from "./found-subnet.js";
import { timedNetworks } from "./problem.js";

/**
 * Writes into a step's folder how long the found subnet's networks take, predicted and if possible measured. Nothing
 * else depends on it: the search decides by the table.
 */
export async function reportLatency(context: StepContext): Promise<void> {
  requireStep("reportLatency: context", context);
  const { recipe, run, log } = context;
  const table = run.get(latencyTable);
  if (table === null) return;
  const threads = getNumThreads();
  try {
    const models: NetworkModel[] = [];
    for (const { search } of timedNetworks(run)) {
      const model = await search!.open(run);
      if (model) models.push(model);
    }
    const input = run.task.searchInput(recipe);
    const subnet = readSubnet(context);
    writeJson(latencyFile(context.folder()), await measureFound(table, { models, input, subnet }));
  } catch (error) {
    // A run does not fail because a runtime that it does not need is missing.
    if (!(error instanceof UserError)) throw error;
    log(`the found subnet's latency is not measured: ${error.message}`);
  } finally {
    setNumThreads(threads);
  }
}
