import { createLatency, indexTimes, type LayerTime, quantile, type Subnet } from "@supernet/nas";
import {
  type MeasuringOptions,
  measureInTurns,
  measureInterleaved,
  measureLayers,
} from "@supernet/nas/supernet";
import { byInput } from "../network/by-input.js";
import type { InputOf, NetworkModel } from "../network/model.js";
import { fittedSubnets } from "./references.js";
import { canRun, isWhole, processorName, type Runtime } from "./runtime.js";
import { type LatencySubject, measuredLayers, runLayers, withoutRepeats } from "./subject.js";
import type { LatencyTable } from "./table-file.js";
import { createAmounts, crossValidate, fitFactors } from "./workloads.js";

/** Number of random subnets that are measured as complete networks, to fit the factor of layer times. */
const FITTED_TO = 12;
/** Number of random subnets that are measured as complete networks, to fit the factors of their terms. */
const WHOLES_FITTED_TO = 48;

/** Resolution of a microsecond clock, in milliseconds. */
const SHORTEST = 0.001;

/** Options of `measureTable`. */
export interface TableOptions extends Omit<MeasuringOptions, "empty" | "onProgress"> {
  /** Called with the completed fraction of a stage, 0 to 1. */
  readonly onProgress?: ((stage: "layers" | "networks", share: number) => void) | undefined;
}

/**
 * Measures a latency table on the CPU. Measures every layer that some subnet has, once for each input shape, and the
 * surroundings of the networks if the runtime supports them.
 *
 * A layer in isolation does not take the same time as in a network. Run repeatedly, it finds its weights and its input
 * in the cache. In ONNX Runtime it also converts its input and output to the kernels' layout, which a network does only
 * at its two ends. One factor, fitted to complete subnets, corrects the times of all layers for this. Networks with a
 * `run` have one factor for each term.
 */
export async function measureTable(
  subject: LatencySubject,
  runtime: Runtime,
  { onProgress, min }: TableOptions = {},
): Promise<LatencyTable> {
  const { space, inputOf } = subject;
  const wholes = subject.models.filter((model) => isWhole(runtime, model) && canRun(runtime, model));
  const parted = subject.models.filter((model) => !isWhole(runtime, model));
  const layers = withoutRepeats([
    ...measuredLayers({ ...subject, models: parted }),
    ...wholes.flatMap(({ run }) => runLayers(space, run!)),
  ]);
  const times = await measureLayers(layers, (layer) => runtime.layer(layer), {
    min,
    onProgress: (share) => onProgress?.("layers", share),
    empty: runtime.empty,
  });
  const fitted = parted.length === 0 ? undefined : await fitFactor(subject, runtime, { parted, times });
  const corrected = times.map((time) => ({
    ...time,
    milliseconds: time.milliseconds * (fitted?.factor ?? 1),
  }));
  const networks: NonNullable<LatencyTable["networks"]> = [];
  for (const [i, model] of wholes.entries()) {
    const progress = (share: number) => onProgress?.("networks", (i + share) / wholes.length);
    networks.push(await fitWhole(subject, model, { runtime, times: corrected, progress }));
  }
  return {
    format: "supernet latency table 2",
    measured: {
      device: "cpu",
      processor: processorName(),
      threads: runtime.threads,
      batch: 1,
      engine: runtime.engine,
      ...(fitted && { fitted }),
    },
    space: space.name,
    input: [...inputOf()],
    layers: corrected.map(({ layer, input: shape, batch, milliseconds }) => ({
      layer: { ...layer },
      input: [...shape],
      ...(batch !== undefined && batch > 1 && { batch }),
      milliseconds,
    })),
    surroundings: await measureSurroundings({ ...subject, models: parted }, runtime, min),
    ...(networks.length > 0 && { networks }),
  };
}

/**
 * Measures the milliseconds of an uninterrupted run of each subnet's network, as on a stream of images. The time of an
 * empty call is subtracted, except from a whole network, whose prediction includes it.
 */
export async function measureNetworks(
  runtime: Runtime,
  model: NetworkModel,
  {
    inputOf,
    subnets,
    onProgress,
  }: {
    readonly inputOf: InputOf;
    readonly subnets: readonly Subnet[];
    readonly onProgress?: ((share: number) => void) | undefined;
  },
): Promise<number[]> {
  const prepare = subnets.map((subnet) => () => runtime.network(model, inputOf(subnet), subnet));
  const { empty } = runtime;
  const subtracted = empty !== undefined && !isWhole(runtime, model);
  // The runtime closes its empty call itself.
  const all = subtracted
    ? [...prepare, () => Promise.resolve({ run: () => empty.run(), close() {} })]
    : prepare;
  const times = (await measureInTurns(all, onProgress)).map(({ p10 }) => p10);
  const nothing = subtracted ? times.pop()! : 0;
  return times.map((time) => Math.max(SHORTEST, time - nothing));
}

async function fitWhole(
  { space, inputOf }: LatencySubject,
  model: NetworkModel,
  {
    runtime,
    times,
    progress,
  }: {
    readonly runtime: Runtime;
    readonly times: readonly LayerTime[];
    readonly progress: (share: number) => void;
  },
) {
  const subnets = fittedSubnets(space, WHOLES_FITTED_TO);
  const milliseconds = await measureNetworks(runtime, model, { inputOf, subnets, onProgress: progress });
  const amounts = subnets.map(createAmounts(model.run!, indexTimes(times)));
  return {
    network: model.name,
    identity: { ...model.run!.identity },
    factors: fitFactors(amounts, milliseconds),
    fitted: { subnets: subnets.length, error: crossValidate(amounts, milliseconds) },
  };
}

async function measureSurroundings(
  { inputOf, models }: LatencySubject,
  runtime: Runtime,
  min: MeasuringOptions["min"],
): Promise<LatencyTable["surroundings"]> {
  const measured: LatencyTable["surroundings"] = [];
  for (const model of models) {
    if (!model.surroundings || !runtime.surroundings) continue;
    const prepare = () => runtime.surroundings!(model, inputOf());
    const [milliseconds] = await measureInterleaved([prepare], { ...(min && { min }) });
    measured.push({
      network: model.name,
      identity: { ...model.surroundings.identity },
      milliseconds: milliseconds!,
    });
  }
  return measured;
}

/** Computes the median, over random subnets, of a network's time divided by the sum of its layer times. */
async function fitFactor(
  { space, inputOf }: LatencySubject,
  runtime: Runtime,
  { parted, times }: { readonly parted: readonly NetworkModel[]; readonly times: readonly LayerTime[] },
): Promise<NonNullable<LatencyTable["measured"]["fitted"]>> {
  const model = parted[0]!;
  const index = indexTimes(times);
  const sum = byInput(inputOf, (input) => createLatency(model.parts, input, index));
  const subnets = fittedSubnets(space, FITTED_TO);
  const measured = await measureNetworks(runtime, model, { inputOf, subnets });
  const factors = subnets.map((subnet, i) => measured[i]! / sum(subnet)(subnet));
  return {
    subnets: subnets.length,
    factor: quantile(
      factors.sort((a, b) => a - b),
      0.5,
    ),
  };
}
