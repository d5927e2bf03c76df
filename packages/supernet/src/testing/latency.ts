// For tests: latency tables without measurements.
import { Random } from "@supernet/base";
import { layerKey } from "@supernet/nas";
import { type LatencySubject, measuredLayers } from "../latency/subject.js";
import type { LatencyTable } from "../latency/table-file.js";

/**
 * Returns a table with times from 1 to 2 ms per layer, random but determined by its content, and 100 ms per
 * surroundings.
 */
export function syntheticTable(subject: LatencySubject): LatencyTable {
  const { space, inputOf, models } = subject;
  return {
    format: "supernet latency table 2",
    measured: { device: "cpu", processor: "none", threads: 1, batch: 1, engine: "none" },
    space: space.name,
    input: [...inputOf()],
    layers: measuredLayers(subject).map(({ layer, input: shape }) => ({
      layer: { ...layer },
      input: [...shape],
      milliseconds: 1 + Random.of(layerKey(layer, shape)).uniform(),
    })),
    surroundings: models.flatMap(({ name, surroundings }) =>
      surroundings ? [{ network: name, identity: { ...surroundings.identity }, milliseconds: 100 }] : [],
    ),
  };
}
