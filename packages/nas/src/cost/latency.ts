import { count, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import type { Part } from "../layer/part.js";
import type { Space, Subnet } from "../space/space.js";
import { estimateLayer } from "./estimate.js";
import { layerKey, type PlacedLayer, reachableLayers } from "./reachable.js";
import { checkNetwork, type Shape } from "./shape.js";
import { createWalk } from "./walk.js";

/** How long one layer takes for an input of one shape, in milliseconds. */
export interface LayerTime {
  readonly layer: object;
  readonly input: Shape;
  readonly milliseconds: number;
}

/** Times of layers by `layerKey`. */
export type LayerTimes = ReadonlyMap<string, number>;

const timesSchema = z.array(
  z.looseObject({ layer: z.looseObject({}), input: z.array(count), milliseconds: z.number().min(0) }),
);

/** @throws UserError if an entry is not a time of a layer, or a layer has two times for one shape */
export function indexTimes(times: readonly LayerTime[]): LayerTimes {
  parseOptions("times of layers", timesSchema, times);
  const index = new Map<string, number>();
  for (const { layer, input, milliseconds } of times) {
    const key = layerKey(layer, input);
    if (index.has(key)) throw new UserError(`it has two times for ${key.slice(0, 200)}`);
    index.set(key, milliseconds);
  }
  return index;
}

/** Finds the layers of any subnet for which no time is known, and counts all layers. */
export function findMissingTimes(
  space: Space,
  parts: readonly Part[],
  input: Shape,
  times: LayerTimes,
): { readonly missing: readonly PlacedLayer[]; readonly all: number } {
  parseOptions("findMissingTimes", z.strictObject({ times: z.instanceof(Map) }), { times });
  const all = reachableLayers(space, parts, input);
  return {
    missing: all.filter(({ layer, input: shape }) => !times.has(layerKey(layer, shape))),
    all: all.length,
  };
}

/**
 * Predicts how long a subnet takes, in milliseconds: the sum of its parts' times (Cai et al., "ProxylessNAS", ICLR
 * 2019; Wu et al., "FBNet", CVPR 2019). A part that is left out takes none.
 * @returns microseconds a subnet once each part has been seen; it throws RangeError where a time is missing
 */
export function createLatency(
  parts: readonly Omit<Part, "sharing">[],
  input: Shape,
  times: LayerTimes,
): (subnet: Subnet) => number {
  checkNetwork("createLatency", parts, input);
  parseOptions("createLatency", z.strictObject({ times: z.instanceof(Map) }), { times });
  const walk = createWalk(parts, input, (layer, part, shape) => {
    const milliseconds = layer.kind === "identity" ? 0 : times.get(layerKey(layer, shape));
    if (milliseconds === undefined) {
      throw new RangeError(`${part}: its layer has no time for an input of ${shape.join("x")}`);
    }
    return { milliseconds, output: estimateLayer(layer, part, shape).output };
  });
  return (subnet) => {
    let total = 0;
    walk(subnet, ({ milliseconds }) => {
      total += milliseconds;
    });
    return total;
  };
}
