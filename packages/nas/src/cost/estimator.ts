import { requireString } from "@supernet/base";
import type { Part } from "../layer/part.js";
import type { Subnet } from "../space/space.js";
import { BYTES, type Cost, mapMemory, type Resources, sumCosts } from "./cost.js";
import { estimateLayer } from "./estimate.js";
import { checkNetwork, type Shape } from "./shape.js";
import { createWalk } from "./walk.js";

export interface Estimator {
  /** Returns the totals, from tables. It takes microseconds per subnet once each part has been computed. */
  readonly measure: (subnet: Subnet) => Resources;
  /**
   * Like `measure`, but with a p-norm instead of the maximum over parts in `memory`. It decreases whenever one part's
   * memory does, even if many subnets have the same maximum. Use it to guide a search, not in reports.
   */
  readonly smooth: (subnet: Subnet) => Resources;
  /** Returns the tree of costs, module by module. */
  readonly profile: (subnet: Subnet) => Cost;
  /** Returns the output shape of each part. */
  readonly shapes: (subnet: Subnet) => readonly Shape[];
}

/** Exponent of the norm that approximates the maximum over the parts' maps. */
const P = 16;

/**
 * Creates an estimator for the network made of `parts`.
 *
 * @example
 * const space = sposShuffleNetV2();
 * const { measure } = createEstimator("net", classifierParts(space, 1000), [3, 224, 224]);
 * const { flops, params } = measure(sampleSubnet(space, Random.of(1)));
 * @param name name of the network, such as "classifier": the root of the tree that `profile` returns
 * @param parts parts of the network: those of a space from `classifierParts`, or any others
 * @param input shape without batch: `[3, height, width]` for the parts of a space
 * @throws UserError if `parts` are not parts of a network, or `input` is not the shape of its input
 */
export function createEstimator(
  name: string,
  parts: readonly Omit<Part, "sharing">[],
  input: Shape,
): Estimator {
  requireString("createEstimator: name", name);
  checkNetwork("createEstimator", parts, input);
  const walk = createWalk(parts, input, (layer, part, shape) => {
    const { cost, output } = estimateLayer(layer, part, shape);
    const maps = mapMemory(cost);
    // Cache the power: it is slow, and a search measures a subnet millions of times.
    return { cost, maps, power: maps ** P, output };
  });

  function total(subnet: Subnet, isSmooth: boolean): Resources {
    let [params, macs, flops, operations, activations, maxMaps, powers] = [0, 0, 0, 0, 0, 0, 0];
    walk(subnet, ({ cost, maps, power }) => {
      params += cost.params;
      macs += cost.macs;
      flops += cost.flops;
      operations += cost.operations;
      activations += cost.activations;
      maxMaps = Math.max(maxMaps, maps);
      powers += power;
    });
    const memory = BYTES * params + (isSmooth ? powers ** (1 / P) : maxMaps);
    return { params, macs, flops, operations, activations, memory };
  }

  return {
    measure: (subnet) => total(subnet, false),
    smooth: (subnet) => total(subnet, true),
    profile(subnet) {
      const costs: Cost[] = [];
      walk(subnet, ({ cost }) => costs.push(cost));
      return sumCosts(name, costs);
    },
    shapes(subnet) {
      const shapes: Shape[] = [];
      walk(subnet, ({ output }) => shapes.push(output));
      return shapes;
    },
  };
}
