import { callable, parseOptions } from "@supernet/base";
import { z } from "zod";
import type { Subnet } from "../space/space.js";
import type { Resources } from "./cost.js";
import type { Estimator } from "./estimator.js";

/** What subnets need, by name; see `Estimator` for the difference. */
export interface Measures {
  readonly measure: (subnet: Subnet) => Readonly<Record<string, number>>;
  readonly smooth: (subnet: Subnet) => Readonly<Record<string, number>>;
}

/** A network of which every subnet has one. */
export interface MeasuredNetwork extends Pick<Estimator, keyof Measures> {
  /** Milliseconds, where they are known. */
  readonly latency?: ((subnet: Subnet) => number) | undefined;
}

const RESOURCES: readonly (keyof Resources)[] = ["params", "macs", "flops", "activations", "memory"];

const networksSchema = z.record(
  z.string(),
  z.looseObject({ measure: callable, smooth: callable, latency: callable.optional() }),
);

/**
 * What several networks cost for one subnet, under one roof: `flops` and the other resources of the network that is
 * named "", `backbone.flops` of one that is named "backbone"; `latency` beside them where it is known.
 */
export function measuresOf(networks: Readonly<Record<string, MeasuredNetwork>>): Measures {
  parseOptions("measuresOf", networksSchema, networks);
  const named = Object.entries(networks).map(([name, network]) => {
    const keyOf = (resource: string) => (name === "" ? resource : `${name}.${resource}`);
    const keys = RESOURCES.map((resource) => [keyOf(resource), resource] as const);
    return { network, keys, latencyKey: keyOf("latency") };
  });
  const all = (how: keyof Measures) => (subnet: Subnet) => {
    const measured: Record<string, number> = {};
    for (const { network, keys, latencyKey } of named) {
      const resources = network[how](subnet);
      for (const [key, resource] of keys) measured[key] = resources[resource];
      if (network.latency) measured[latencyKey] = network.latency(subnet);
    }
    return measured;
  };
  return { measure: all("measure"), smooth: all("smooth") };
}
