import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import type { ImageShape, NetworkModel } from "../network/model.js";
import { openRuntime } from "./open-runtime.js";
import { predictLatency } from "./predict.js";
import { processorName, type Runtime, runtimeOf } from "./runtime.js";
import type { LatencyTable, OpenTable } from "./table-file.js";

/** What one network of the found subnet takes, for one image, in milliseconds. */
export interface FoundLatency {
  /** The network's name. */
  readonly network: string;
  /** By the table that the search held its limits by. */
  readonly predicted: number;
  /** Whole, on this machine, as the table was measured; null where that was elsewhere. */
  readonly measured: number | null;
  readonly engine: string;
  readonly threads: number;
}

/** Of a test step, in its folder; a file of its own, as no two measurements are equal. */
export const latencyFile = (folder: string): string => join(folder, "latency.json");

export const readFoundLatency = (folder: string): readonly FoundLatency[] =>
  readJsonIfExists(latencyFile(folder)) ?? [];

/** Whether this machine can measure what a table says: it has the runtime and the processor. */
export const measuredHere = ({ measured: { engine, processor } }: LatencyTable): boolean =>
  runtimeOf(engine) !== undefined && processor === processorName();

/**
 * Measures networks of a subnet whole, besides what a table predicts of them; only predicts if the table is of another
 * device.
 * @throws UserError if the table's runtime is not installed
 */
export async function foundLatency(
  open: OpenTable,
  models: readonly NetworkModel[],
  input: ImageShape,
  subnet: Subnet,
): Promise<FoundLatency[]> {
  const { engine, threads } = open.table.measured;
  const name = runtimeOf(engine);
  const runtime = name && measuredHere(open.table) ? await openRuntime(name, threads) : undefined;
  const found: FoundLatency[] = [];
  for (const model of models) {
    const predicted = predictLatency(open, model, input)(subnet);
    const measured = runtime ? await measureWhole(runtime, model, input, subnet) : null;
    found.push({ network: model.name, predicted, measured, engine: runtime?.engine ?? engine, threads });
  }
  return found;
}

async function measureWhole(
  runtime: Runtime,
  model: NetworkModel,
  input: ImageShape,
  subnet: Subnet,
): Promise<number> {
  const { measureInterleaved } = await import("@supernet/nas/supernet");
  const prepare = [() => runtime.network(model, input, subnet)];
  return (await measureInterleaved(prepare, { empty: runtime.empty }))[0]!;
}
