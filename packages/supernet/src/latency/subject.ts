import { Random } from "@supernet/base";
import {
  layerKey,
  type NetworkSpace,
  type PlacedLayer,
  reachableLayers,
  sampleSubnet,
  type Workload,
} from "@supernet/nas";
import { spacesByInput } from "../network/by-input.js";
import type { InputOf, NetworkModel, NetworkRun } from "../network/model.js";
import { timedLayers } from "./workloads.js";

/** Networks of one space whose latency is measured for one image. */
export interface LatencySubject {
  readonly space: NetworkSpace;
  readonly inputOf: InputOf;
  /** The first that is made of parts only is the largest such network. Layer times are fitted to it. */
  readonly models: readonly NetworkModel[];
}

/** Returns every layer that some subnet's networks have, once for each input shape. */
export const measuredLayers = ({ space, inputOf, models }: LatencySubject): PlacedLayer[] =>
  withoutRepeats(
    spacesByInput(space, inputOf).flatMap(({ space: own, input }) =>
      models.flatMap(({ parts }) => reachableLayers(own, parts, input)),
    ),
  );

/** Number of random subnets whose networks the layers of complete networks are collected from. */
const COLLECTED_FROM = 4000;

/**
 * Returns the layers that complete networks run. There may be too many combinations of choices to visit all of them. A
 * layer depends on few of its network's choices, so random subnets have practically all layers.
 */
export function runLayers(space: NetworkSpace, { workloads }: NetworkRun): PlacedLayer[] {
  const random = Random.of("latency layers");
  const unique = new Set<Workload>();
  for (let i = 0; i < COLLECTED_FROM; i++)
    for (const workload of workloads(sampleSubnet(space, random))) unique.add(workload);
  return withoutRepeats(timedLayers([...unique]));
}

export function withoutRepeats(layers: readonly PlacedLayer[]): PlacedLayer[] {
  const unique = new Map<string, PlacedLayer>();
  for (const placed of layers) {
    const key = layerKey(placed.layer, placed.input, placed.batch);
    if (!unique.has(key)) unique.set(key, placed);
  }
  return [...unique.values()];
}
