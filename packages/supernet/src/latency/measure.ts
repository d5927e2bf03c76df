import { cpus } from "node:os";
import { reachableLayers } from "@supernet/nas";
import { type MeasuringOptions, measureInTurn, measureLayers } from "@supernet/nas/supernet";
import { roundDetector } from "./predict.js";
import type { Runtime } from "./runtime.js";
import { type LatencySubject, measuredParts } from "./subject.js";
import type { LatencyTable } from "./table-file.js";

/**
 * Measures every layer that some subnet has, each once for each shape that comes into it, and where the runtime has
 * detectors, the detector without its backbone: on the CPU.
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
  const { least } = options;
  return {
    format: "supernet latency table 1",
    measured: {
      device: "cpu",
      processor: cpus()[0]?.model.trim() ?? "unknown",
      threads: runtime.threads,
      batch: 1,
      engine: runtime.engine,
    },
    space: space.name,
    input: [...input],
    layers: times.map(({ layer, input: shape, milliseconds }) => ({
      layer: { ...layer },
      input: [...shape],
      milliseconds,
    })),
    detector:
      detector && roundBackbone
        ? {
            ...roundDetector({ detector: detector.settings }, space, detector.classes, input),
            milliseconds: (
              await measureInTurn([() => roundBackbone(subject)], { ...(least && { least }) })
            )[0]!,
          }
        : null,
  };
}
