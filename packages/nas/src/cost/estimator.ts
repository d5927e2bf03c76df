import type { Part } from "../layer/part.js";
import type { Subnet } from "../space/space.js";
import { BYTES, type Cost, mapMemory, type Resources, sumCosts } from "./cost.js";
import { estimateLayer } from "./estimate.js";
import { checkNetwork, type Shape } from "./shape.js";
import { createWalk } from "./walk.js";

export interface Estimator {
  /** Totals alone, from tables: microseconds a subnet once each part has been seen. */
  readonly measure: (subnet: Subnet) => Resources;
  /**
   * As `measure`, but of `memory` the maximum over parts is a p-norm: it falls wherever a part's own does, where
   * many subnets have the same maximum. A slope for those who search, no figure to report.
   */
  readonly smooth: (subnet: Subnet) => Resources;
  /** The whole tree, module by module. */
  readonly profile: (subnet: Subnet) => Cost;
  /** Shape of what each part outputs. */
  readonly shapes: (subnet: Subnet) => readonly Shape[];
}

/** The norm that stands in for the maximum of the parts' maps. */
const P = 16;

/** Estimates the network made of `parts` at one input shape, without batch: `[3, 224, 224]`. */
export function createEstimator(
  name: string,
  parts: readonly Omit<Part, "sharing">[],
  input: Shape,
): Estimator {
  checkNetwork("createEstimator", parts, input);
  const walk = createWalk(parts, input, (layer, part, shape) => {
    const { cost, output } = estimateLayer(layer, part, shape);
    const maps = mapMemory(cost);
    // The power is slow, and a search measures a subnet millions of times.
    return { cost, maps, power: maps ** P, output };
  });

  function total(subnet: Subnet, isSmooth: boolean): Resources {
    let [params, macs, flops, activations, maxMaps, powers] = [0, 0, 0, 0, 0, 0];
    walk(subnet, ({ cost, maps, power }) => {
      params += cost.params;
      macs += cost.macs;
      flops += cost.flops;
      activations += cost.activations;
      maxMaps = Math.max(maxMaps, maps);
      powers += power;
    });
    const memory = BYTES * params + (isSmooth ? powers ** (1 / P) : maxMaps);
    return { params, macs, flops, activations, memory };
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
