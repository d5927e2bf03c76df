import { Random } from "@supernet/base";
import { createLatency, indexTimes, type LayerTime, reachableLayers, sampleSubnet } from "@supernet/nas";
import { type MeasuringOptions, measureInterleaved, measureLayers, quantile } from "@supernet/nas/supernet";
import { roundDetector } from "./predict.js";
import { processorName, type Runtime } from "./runtime.js";
import { type LatencySubject, measuredParts } from "./subject.js";
import type { LatencyTable } from "./table-file.js";

/** Random subnets that are measured whole. */
const FITTED_TO = 12;

/**
 * Measures every layer that some subnet has, each once for each shape that comes into it, and where the runtime has
 * detectors, the detector without its backbone: on the CPU.
 *
 * Layers do not take alone what they take within a network: again and again, one finds its weights and its input in the
 * cache; and in ONNX Runtime it brings its maps into the layout of the kernels and back, which networks do at their ends.
 * So the times of layers are fitted to whole subnets by one factor.
 */
export async function measureTable(
  subject: LatencySubject,
  runtime: Runtime,
  options: Omit<MeasuringOptions, "empty"> = {},
): Promise<LatencyTable> {
  const { space, input, detector } = subject;
  const layers = reachableLayers(space, measuredParts(subject), input);
  const times = await measureLayers(layers, (layer) => runtime.layer(layer), {
    ...options,
    empty: runtime.empty,
  });
  const { roundBackbone } = runtime;
  const { min } = options;
  const fitted = await fit(subject, runtime, times, min);
  return {
    format: "supernet latency table 1",
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
    detector:
      detector && roundBackbone
        ? {
            ...roundDetector({ detector: detector.settings }, space, detector.classes, input),
            milliseconds: (
              await measureInterleaved([() => roundBackbone(subject)], { ...(min && { min }) })
            )[0]!,
          }
        : null,
  };
}

/** The median, over random subnets, of what one takes whole over the sum of its layers. */
async function fit(
  subject: LatencySubject,
  runtime: Runtime,
  times: readonly LayerTime[],
  min: MeasuringOptions["min"],
): Promise<NonNullable<LatencyTable["measured"]["fitted"]>> {
  const { space, input, classes } = subject;
  const sum = createLatency(measuredParts(subject), input, indexTimes(times));
  const subnets = Array.from({ length: FITTED_TO }, (_, i) =>
    sampleSubnet(space, Random.of("latency fit", i)),
  );
  const kind = classes === null ? "features" : "classifier";
  const measured = await measureInterleaved(
    subnets.map((subnet) => () => runtime.network(kind, subject, subnet)),
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
