import { count, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import type { Part } from "../layer/part.js";
import type { Space, Subnet } from "../space/space.js";
import { estimateLayer } from "./estimate.js";
import { layerKey, type PlacedLayer, reachableLayers } from "./reachable.js";
import { checkNetwork, type Shape } from "./shape.js";
import { createWalk } from "./walk.js";

/** Time of one layer for inputs of one shape. */
export interface LayerTime {
  readonly layer: object;
  /** Shape of one input, without batch. */
  readonly input: Shape;
  /** Number of inputs that it runs on together. Default: 1. */
  readonly batch?: number | undefined;
  readonly milliseconds: number;
}

/** Milliseconds by `layerKey`. */
export type LayerTimes = ReadonlyMap<string, number>;

const timesSchema = z.array(
  z.looseObject({
    layer: z.looseObject({}),
    input: z.array(count),
    batch: count.optional(),
    milliseconds: z.number().min(0),
  }),
);

/**
 * Indexes times of layers by `layerKey`.
 *
 * @throws UserError if an entry is not a time of a layer, or a layer has two times for one shape
 */
export function indexTimes(times: readonly LayerTime[]): LayerTimes {
  parseOptions("times of layers", timesSchema, times);
  const index = new Map<string, number>();
  for (const { layer, input, batch, milliseconds } of times) {
    const key = layerKey(layer, input, batch);
    if (index.has(key)) throw new UserError(`two times for ${key.slice(0, 200)}`);
    index.set(key, milliseconds);
  }
  return index;
}

/** Returns the layers of any subnet that have no time, and the number of all layers. */
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
 * Returns a function that predicts the time of a subnet in milliseconds: the sum of its parts' times (Cai et al.,
 * "ProxylessNAS", ICLR 2019, https://arxiv.org/abs/1812.00332; Wu et al., "FBNet", CVPR 2019,
 * https://arxiv.org/abs/1812.03443). A part that the subnet omits takes no time. A call takes microseconds once each
 * part has been seen, and throws a RangeError if a time is missing.
 *
 * @example
 * const latency = createLatency(classifierParts(space, 10), [3, 224, 224], indexTimes(times));
 * latency(subnet); // milliseconds
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
      throw new RangeError(`${part}: no time of its layer for an input of ${shape.join("x")}`);
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
