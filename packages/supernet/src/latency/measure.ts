import { Random } from "@supernet/base";
import { createLatency, indexTimes, type LayerTime, sampleSubnet } from "@supernet/nas";
import { type MeasuringOptions, measureInterleaved, measureLayers, quantile } from "@supernet/nas/supernet";
import { processorName, type Runtime } from "./runtime.js";
import { type LatencySubject, measuredLayers } from "./subject.js";
import type { LatencyTable } from "./table-file.js";

/** Random subnets that are measured whole. */
const FITTED_TO = 12;

/**
 * Measures every layer that some subnet has, once for each shape that comes into it, and if the runtime runs them, what
 * surrounds the layers of some networks: on the CPU.
 *
 * A layer takes another time by itself than within a network: run again and again, it finds its weights and its input
 * in the cache; and in ONNX Runtime it brings its maps into the layout of the kernels and back, which networks do at
 * their ends. So the times of layers are fitted to whole subnets by one factor.
 */
export async function measureTable(
  subject: LatencySubject,
  runtime: Runtime,
  options: Omit<MeasuringOptions, "empty"> = {},
): Promise<LatencyTable> {
  const { space, input } = subject;
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
    input: [...input],
    layers: times.map(({ layer, input: shape, milliseconds }) => ({
      layer: { ...layer },
      input: [...shape],
      milliseconds: milliseconds * fitted.factor,
    })),
    surroundings: await measureSurroundings(subject, runtime, min),
  };
}

async function measureSurroundings(
  { input, models }: LatencySubject,
  runtime: Runtime,
  min: MeasuringOptions["min"],
): Promise<LatencyTable["surroundings"]> {
  const measured: LatencyTable["surroundings"] = [];
  for (const model of models) {
    if (!model.surroundings || !runtime.surroundings) continue;
    const prepare = () => runtime.surroundings!(model, input);
    const [milliseconds] = await measureInterleaved([prepare], { ...(min && { min }) });
    measured.push({
      network: model.name,
      identity: { ...model.surroundings.identity },
      milliseconds: milliseconds!,
    });
  }
  return measured;
}

/** Computes the median, over random subnets, of a whole network's time over the sum of its layers' times. */
async function fitFactor(
  { space, input, models }: LatencySubject,
  runtime: Runtime,
  { times, min }: { readonly times: readonly LayerTime[]; readonly min: MeasuringOptions["min"] },
): Promise<NonNullable<LatencyTable["measured"]["fitted"]>> {
  const model = models[0]!;
  const sum = createLatency(model.parts, input, indexTimes(times));
  const subnets = Array.from({ length: FITTED_TO }, (_, i) =>
    sampleSubnet(space, Random.of("latency fit", i)),
  );
  const measured = await measureInterleaved(
    subnets.map((subnet) => () => runtime.network(model, input, subnet)),
    { empty: runtime.empty, ...(min && { min }) },
  );
  const factors = subnets.map((subnet, i) => measured[i]! / sum(subnet));
  return {
    subnets: subnets.length,
    factor: quantile(
      factors.sort((a, b) => a - b),
      0.5,
    ),
  };
}
