import { Random } from "@supernet/base";
import { createLatency, indexTimes, type LayerTime, sampleSubnet } from "@supernet/nas";
import { type MeasuringOptions, measureInterleaved, measureLayers, quantile } from "@supernet/nas/supernet";
import { byInput } from "../network/by-input.js";
import { processorName, type Runtime } from "./runtime.js";
import { type LatencySubject, measuredLayers } from "./subject.js";
import type { LatencyTable } from "./table-file.js";

/** Number of random subnets that are measured as complete networks. */
const FITTED_TO = 12;

/**
 * Measures a latency table on the CPU. Measures every layer that some subnet has, once for each input shape, and the
 * surroundings of the networks if the runtime supports them.
 *
 * A layer in isolation does not take the same time as in a network. Run repeatedly, it finds its weights and its input
 * in the cache. In ONNX Runtime it also converts its input and output to the kernels' layout, which a network does only
 * at its two ends. One factor, fitted to complete subnets, corrects the times of all layers for this.
 */
export async function measureTable(
  subject: LatencySubject,
  runtime: Runtime,
  options: Omit<MeasuringOptions, "empty"> = {},
): Promise<LatencyTable> {
  const { space, inputOf } = subject;
  const times = await measureLayers(measuredLayers(subject), (layer) => runtime.layer(layer), {
    ...options,
    empty: runtime.empty,
  });
  const { min } = options;
  const fitted = await fitFactor(subject, runtime, { times, min });
  return {
    format: "supernet latency table 2",
    measured: {
      device: "cpu",
      processor: processorName(),
      threads: runtime.threads,
      batch: 1,
      engine: runtime.engine,
      fitted,
    },
    space: space.name,
    input: [...inputOf()],
    layers: times.map(({ layer, input: shape, milliseconds }) => ({
      layer: { ...layer },
      input: [...shape],
      milliseconds: milliseconds * fitted.factor,
    })),
    surroundings: await measureSurroundings(subject, runtime, min),
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
  { space, inputOf, models }: LatencySubject,
  runtime: Runtime,
  { times, min }: { readonly times: readonly LayerTime[]; readonly min: MeasuringOptions["min"] },
): Promise<NonNullable<LatencyTable["measured"]["fitted"]>> {
  const model = models[0]!;
  const index = indexTimes(times);
  const sum = byInput(inputOf, (input) => createLatency(model.parts, input, index));
  const subnets = Array.from({ length: FITTED_TO }, (_, i) =>
    sampleSubnet(space, Random.of("latency fit", i)),
  );
  const measured = await measureInterleaved(
    subnets.map((subnet) => () => runtime.network(model, inputOf(subnet), subnet)),
    { empty: runtime.empty, ...(min && { min }) },
  );
  const factors = subnets.map((subnet, i) => measured[i]! / sum(subnet)(subnet));
  return {
    subnets: subnets.length,
    factor: quantile(
      factors.sort((a, b) => a - b),
      0.5,
    ),
  };
}
