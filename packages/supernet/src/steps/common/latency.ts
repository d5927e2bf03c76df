import { UserError, writeJson } from "@supernet/base";
import { getNumThreads, setNumThreads } from "@supernet/torch";
import { foundLatency, latencyFile } from "../../latency/found.js";
import type { LatencySubject, NetworkKind } from "../../latency/subject.js";
import { openLatencyTable } from "../../latency/table-file.js";
import type { StepContext } from "./context.js";
import { readSubnet } from "./subnet.js";

/**
 * Writes into a step's folder what the found subnet takes, predicted and where it can be, measured. Nothing else hangs
 * on it: what the search decides by is the table.
 * @param kinds networks whose latency is limited or an objective
 */
export async function tellLatency(
  context: StepContext,
  subject: Omit<LatencySubject, "space">,
  kinds: readonly NetworkKind[],
): Promise<void> {
  const { recipe, space, log } = context;
  const { latency } = recipe.steps.search;
  if (latency === null) return;
  const table = openLatencyTable(latency);
  const threads = getNumThreads();
  try {
    const found = await foundLatency(table, { ...subject, space }, kinds, readSubnet(context));
    writeJson(latencyFile(context.folder()), found);
  } catch (error) {
    // A run does not fail for want of a runtime that it does without.
    if (!(error instanceof UserError)) throw error;
    log(`the found subnet's latency is not measured: ${error.message}`);
  } finally {
    setNumThreads(threads);
  }
}
