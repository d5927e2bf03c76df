import { callable, parseOptions } from "@supernet/base";
import { z } from "zod";
import type { Subnet } from "../space/space.js";
import type { Resources } from "./cost.js";
import type { Estimator } from "./estimator.js";

/** Functions that measure a subnet and return values by resource name; see `Estimator` for the difference. */
export interface Measures {
  readonly measure: (subnet: Subnet) => Readonly<Record<string, number>>;
  readonly smooth: (subnet: Subnet) => Readonly<Record<string, number>>;
}

/** A network that is measured for each subnet. */
export interface MeasuredNetwork extends Pick<Estimator, keyof Measures> {
  /** Returns milliseconds. Undefined if no times are known. */
  readonly latency?: ((subnet: Subnet) => number) | undefined;
}

const RESOURCES: readonly (keyof Resources)[] = [
  "params",
  "macs",
  "flops",
  "operations",
  "activations",
  "memory",
];

const networksSchema = z.record(
  z.string(),
  z.looseObject({ measure: callable, smooth: callable, latency: callable.optional() }),
);

/**
 * Combines the costs of several networks for one subnet. The name of a network is a prefix: `backbone.flops` for
 * "backbone", and `flops` for "". `latency` is included if it is known.
 *
 * @example
 * const measures = measuresOf({ "": classifierEstimator, backbone: backboneEstimator });
 * measures.measure(subnet)["backbone.flops"];
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
