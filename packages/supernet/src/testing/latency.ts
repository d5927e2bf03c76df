// For tests: tables that nothing was measured for.
import { Random } from "@supernet/base";
import { layerKey } from "@supernet/nas";
import { type LatencySubject, measuredLayers } from "../latency/subject.js";
import type { LatencyTable } from "../latency/table-file.js";

/** A table in which a layer takes what `Random` makes of its content, between 1 and 2 ms, and surroundings 100 ms. */
export function syntheticTable(subject: LatencySubject): LatencyTable {
  const { space, input, models } = subject;
  return {
    format: "supernet latency table 2",
    measured: { device: "cpu", processor: "none", threads: 1, batch: 1, engine: "none" },
    space: space.name,
    input: [...input],
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
