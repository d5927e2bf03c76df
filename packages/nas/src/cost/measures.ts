import type { Subnet } from "../space/space.js";
import type { Resources } from "./cost.js";
import type { Estimator } from "./estimator.js";

/** What subnets need, by name; see `Estimator` for the difference. */
export interface Measures {
  readonly measure: (subnet: Subnet) => Readonly<Record<string, number>>;
  readonly smooth: (subnet: Subnet) => Readonly<Record<string, number>>;
}

const RESOURCES: readonly (keyof Resources)[] = ["params", "macs", "flops", "activations", "memory"];

/**
 * What several networks cost for one subnet, under one roof: `flops` and the other resources of the network that is
 * named "", `backbone.flops` of one that is named "backbone".
 */
export function measuresOf(networks: Readonly<Record<string, Pick<Estimator, keyof Measures>>>): Measures {
  const named = Object.entries(networks).map(([name, estimator]) => ({
    estimator,
    keys: RESOURCES.map((resource) => [name === "" ? resource : `${name}.${resource}`, resource] as const),
  }));
  const all = (how: keyof Measures) => (subnet: Subnet) => {
    const measured: Record<string, number> = {};
    for (const { estimator, keys } of named) {
      const resources = estimator[how](subnet);
      for (const [key, resource] of keys) measured[key] = resources[resource];
    }
    return measured;
  };
  return { measure: all("measure"), smooth: all("smooth") };
}
