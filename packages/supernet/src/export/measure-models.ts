import { UserError } from "@supernet/base";
import { type Latency, measureInTurns } from "@supernet/nas/supernet";
import { openRuntime } from "../latency/open-runtime.js";
import { openReferences } from "../latency/references.js";
import type { Runtime } from "../latency/runtime.js";
import { latencyTable } from "../latency/table-file.js";
import type { ImageShape, InputOf } from "../network/model.js";
import { measuredLatency } from "../recipe/search.js";
import { timedNetworks } from "../search/problem.js";
import type { StepContext } from "../task/task.js";

/** An ONNX model in a file. */
export interface ModelFile {
  readonly path: string;
  /** Shape of the image that it is measured with: [channels, height, width]. */
  readonly input: ImageShape;
}

/** Latency of a model for one image, in milliseconds. */
export interface ModelLatency extends Latency {
  readonly engine: string;
  readonly threads: number;
}

export interface MeasuredModels {
  /** In the order of the models; null if ONNX Runtime is not installed. */
  readonly latencies: readonly ModelLatency[] | null;
  /**
   * How long other networks took at the same time, divided by how long the run's latency table predicts. Null if that is
   * unknown.
   */
  readonly slowdown: number | null;
}

type Prepare = Parameters<typeof measureInTurns>[0];

/** Measures two lists of networks. The second is spread evenly over the first, so that both are measured at the same time. */
async function measureSpread(first: Prepare, second: Prepare): Promise<[Latency[], Latency[]]> {
  const placed = [first, second].flatMap((list, which) =>
    list.map((prepare, i) => ({ prepare, which, at: (i + 0.5) / list.length })),
  );
  const ordered = placed.toSorted((a, b) => a.at - b.at);
  const times = await measureInTurns(ordered.map(({ prepare }) => prepare));
  const of = (which: number) => times.filter((_, i) => ordered[i]!.which === which);
  return [of(0), of(1)];
}

/**
 * Measures the latency of ONNX models in turns, with the threads of the recipe's latency table. A run does not fail
 * because ONNX Runtime is missing.
 */
export async function measureModels(
  { recipe, run, space, folder, log }: StepContext,
  models: readonly ModelFile[],
): Promise<MeasuredModels> {
  const threads = measuredLatency(recipe.steps.search)?.threads ?? 1;
  let runtime: Runtime;
  try {
    runtime = await openRuntime("onnxruntime", threads);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log(`cannot measure the latency of the models: ${error.message}`);
    return { latencies: null, slowdown: null };
  }
  const { engine, file } = runtime;
  const prepare = models.map(
    ({ path, input }) =>
      () =>
        file!(path, input),
  );
  const table = latencyTable(run, folder);
  const [network] = timedNetworks(run);
  const model = await network?.search?.open(run);
  const inputOf: InputOf = (subnet) => run.task.searchInput(recipe, subnet);
  const references = table && model ? openReferences(table, model, { runtime, space, inputOf }) : undefined;
  const [own, others] = await measureSpread(prepare, references?.prepare ?? []);
  return {
    latencies: own.map((latency) => ({ ...latency, engine, threads })),
    slowdown: references?.slowdown(others.map(({ p10 }) => p10)) ?? null,
  };
}
