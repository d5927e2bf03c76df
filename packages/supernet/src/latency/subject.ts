import { layerKey, type NetworkSpace, type PlacedLayer, reachableLayers } from "@supernet/nas";
import type { ImageShape, NetworkModel } from "../network/model.js";

/** Networks of one space whose latency is measured for one image. */
export interface LatencySubject {
  readonly space: NetworkSpace;
  readonly input: ImageShape;
  /** The first is the largest one without surroundings. Layer times are fitted to it. */
  readonly models: readonly NetworkModel[];
}

/** Returns every layer that some subnet's networks have, once for each input shape. */
export function measuredLayers({ space, input, models }: LatencySubject): PlacedLayer[] {
  const layers = new Map<string, PlacedLayer>();
  for (const { parts } of models) {
    for (const placed of reachableLayers(space, parts, input)) {
      const key = layerKey(placed.layer, placed.input);
      if (!layers.has(key)) layers.set(key, placed);
    }
  }
  return [...layers.values()];
}
