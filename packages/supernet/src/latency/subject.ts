import { layerKey, type NetworkSpace, type PlacedLayer, reachableLayers } from "@supernet/nas";
import { spacesByInput } from "../network/by-input.js";
import type { InputOf, NetworkModel } from "../network/model.js";

/** Networks of one space whose latency is measured for one image. */
export interface LatencySubject {
  readonly space: NetworkSpace;
  readonly inputOf: InputOf;
  /** The first is the largest one without surroundings. Layer times are fitted to it. */
  readonly models: readonly NetworkModel[];
}

/** Returns every layer that some subnet's networks have, once for each input shape. */
export function measuredLayers({ space, inputOf, models }: LatencySubject): PlacedLayer[] {
  const layers = new Map<string, PlacedLayer>();
  for (const { space: own, input } of spacesByInput(space, inputOf)) {
    for (const placed of models.flatMap(({ parts }) => reachableLayers(own, parts, input))) {
      const key = layerKey(placed.layer, placed.input);
      if (!layers.has(key)) layers.set(key, placed);
    }
  }
  return [...layers.values()];
}
