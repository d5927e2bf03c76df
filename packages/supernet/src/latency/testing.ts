// For tests: tables that nothing was measured for.

import { Random } from "@supernet/base";
import { layerKey, reachableLayers } from "@supernet/nas";
import { roundDetector } from "./predict.js";
import { type LatencySubject, measuredParts } from "./subject.js";
import type { LatencyTable } from "./table-file.js";

/** A table in which a layer takes what `Random` makes of its content, between 1 and 2 ms, and a detector 100 ms. */
export function syntheticTable(subject: LatencySubject): LatencyTable {
  const { space, input, detector } = subject;
  return {
    format: "supernet latency table 1",
    measured: { device: "cpu", processor: "none", threads: 1, batch: 1, engine: "none" },
    space: space.name,
    input: [...input],
    layers: reachableLayers(space, measuredParts(subject), input).map(({ layer, input: shape }) => ({
      layer: { ...layer },
      input: [...shape],
      milliseconds: 1 + Random.of(layerKey(layer, shape)).uniform(),
    })),
    detector: detector && {
      ...roundDetector({ detector: detector.settings }, space, detector.classes, input),
      milliseconds: 100,
    },
  };
}
