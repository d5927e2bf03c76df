import { type Cost, createEstimator, type NetworkSpace, type Subnet } from "@supernet/nas";
import type { Latency } from "@supernet/nas/supernet";
import { openRuntime } from "../latency/open-runtime.js";
import type { RuntimeName } from "../latency/runtime.js";
import type { ImageShape, NetworkModel } from "../network/model.js";
import type { ProfiledNetwork } from "../task/task.js";

/** A network of which every subnet of a space has one: what `supernet profile` reports the cost of. */
export interface Subject {
  readonly title: string;
  readonly space: NetworkSpace;
  readonly input: ImageShape;
  /** Decides which subnets are the smallest and the largest; in microseconds. */
  flops(subnet: Subnet): number;
  /** Module by module. */
  cost(subnet: Subnet): Promise<Cost>;
  /** @throws UserError if the runtime does not run such networks */
  latency(subnet: Subnet, runtime: RuntimeName): Promise<MeasuredLatency>;
}

/** How long one image takes, and what ran it. */
export interface MeasuredLatency extends Latency {
  readonly batch: 1;
  readonly threads: number;
  readonly device: "cpu";
  readonly engine: string;
}

/**
 * Describes what is profiled. Estimates come from shapes: only measurements, and networks with surroundings, load the
 * engine.
 */
export function profileSubject({ title, model, input }: ProfiledNetwork): Subject {
  const { space, surroundings } = model;
  const estimator = createEstimator(model.name, model.parts, input);
  return {
    title,
    space,
    input,
    flops: (subnet) => estimator.measure(subnet).flops,
    cost: async (subnet) =>
      surroundings ? surroundings.wholeCost(subnet, input) : estimator.profile(subnet),
    latency: (subnet, runtime) => measure(runtime, model, input, subnet),
  };
}

async function measure(
  name: RuntimeName,
  model: NetworkModel,
  input: ImageShape,
  subnet: Subnet,
): Promise<MeasuredLatency> {
  const { measureLatency } = await import("@supernet/nas/supernet");
  const { network, threads, engine } = await openRuntime(name, undefined);
  const latency = await measureLatency(await network(model, input, subnet));
  return { ...latency, batch: 1, threads, device: "cpu", engine };
}
