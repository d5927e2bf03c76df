import { join } from "node:path";
import { readJsonIfExists } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import type { InputOf, NetworkModel } from "../network/model.js";
import type { RunPaths } from "../run/work-dir.js";
import type { TaskStep } from "../task/task.js";
import { openRuntime } from "./open-runtime.js";
import { predictLatency } from "./predict.js";
import { findRuntime, processorName } from "./runtime.js";
import type { LatencyTable, OpenTable } from "./table-file.js";

/** Latency of one network of the found subnet, in milliseconds per image. */
export interface FoundLatency {
  /** Name of the network, for example "classifier". */
  readonly network: string;
  /** Predicted with the latency table of the search. */
  readonly predicted: number;
  /** Measured on this machine; null if the table is from another one. */
  readonly measured: number | null;
  readonly engine: string;
  readonly threads: number;
}

/** Returns the path of the latencies in a test step's folder. They have their own file because measurements vary. */
export const latencyFile = (folder: string): string => join(folder, "latency.json");

/** Reads the latencies in a test step's folder. Returns an empty list if there are none. */
export const readFoundLatency = (folder: string): readonly FoundLatency[] =>
  readJsonIfExists(latencyFile(folder)) ?? [];

/** Reads the latencies that the test steps of a run have written. */
export const readRunLatency = (
  steps: readonly Pick<TaskStep, "name" | "kind">[],
  workDir: RunPaths,
): readonly FoundLatency[] =>
  steps
    .filter(({ kind }) => kind === "test")
    .flatMap(({ name }) => readFoundLatency(workDir.stepFolder(name)));

/** Checks whether this machine has the runtime and the processor that a table was measured with. */
export const canMeasure = ({ measured: { engine, processor } }: LatencyTable): boolean =>
  findRuntime(engine) !== undefined && processor === processorName();

/**
 * Predicts the latencies of the found subnet's networks with a table. Measures them too if the table was measured on
 * this machine.
 * @throws UserError if the table's runtime is not installed
 */
export async function measureFound(
  open: OpenTable,
  {
    models,
    inputOf,
    subnet,
  }: { readonly models: readonly NetworkModel[]; readonly inputOf: InputOf; readonly subnet: Subnet },
): Promise<FoundLatency[]> {
  const { measureNetworks } = await import("./measure.js");
  const { engine, threads } = open.table.measured;
  const name = findRuntime(engine);
  const runtime = name && canMeasure(open.table) ? await openRuntime(name, threads) : undefined;
  const found: FoundLatency[] = [];
  for (const model of models) {
    const predicted = predictLatency(open, model, inputOf)(subnet);
    const measured = runtime
      ? (await measureNetworks(runtime, model, { inputOf, subnets: [subnet] }))[0]!
      : null;
    found.push({ network: model.name, predicted, measured, engine: runtime?.engine ?? engine, threads });
  }
  return found;
}
