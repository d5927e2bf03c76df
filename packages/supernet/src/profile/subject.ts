import { type Cost, createEstimator, type NetworkSpace, type Subnet } from "@supernet/nas";
import type { Latency, Timed } from "@supernet/nas/supernet";
import { openRuntime } from "../latency/open-runtime.js";
import type { Runtime } from "../latency/runtime.js";
import { byInput } from "../network/by-input.js";
import type { InputOf } from "../network/model.js";
import type { RuntimeName } from "../recipe/runtimes.js";
import type { ProfiledNetwork } from "../task/task.js";

/** A network to profile, of any subnet of a space. */
export interface Subject {
  readonly title: string;
  readonly space: NetworkSpace;
  readonly inputOf: InputOf;
  /** FLOPs of a subnet, which determine the smallest and the largest subnet. */
  flops(subnet: Subnet): number;
  /** Cost of a subnet, module by module. */
  cost(subnet: Subnet): Promise<Cost>;
  /** @throws UserError if the runtime does not run such networks */
  latency(subnet: Subnet, runtime: RuntimeName): Promise<MeasuredLatency>;
}

/** Latency of one image, and the runtime that it was measured in. */
export interface MeasuredLatency extends Latency {
  readonly batch: 1;
  readonly threads: number;
  readonly device: "cpu";
  readonly engine: string;
}

/** Describes a network to profile. Only measurements, and networks with surroundings, load the engine. */
export function profileSubject({ title, model, inputOf }: ProfiledNetwork): Subject {
  const { space, surroundings } = model;
  const estimatorOf = byInput(
    inputOf,
    (input) => model.estimator?.(input) ?? createEstimator(model.name, model.parts, input),
  );
  return {
    title,
    space,
    inputOf,
    flops: (subnet) => estimatorOf(subnet).measure(subnet).flops,
    cost: async (subnet) =>
      surroundings ? surroundings.wholeCost(subnet, inputOf(subnet)) : estimatorOf(subnet).profile(subnet),
    latency: (subnet, name) => measure(name, (runtime) => runtime.network(model, inputOf(subnet), subnet)),
  };
}

async function measure(
  name: RuntimeName,
  prepare: (runtime: Runtime) => Promise<Timed>,
): Promise<MeasuredLatency> {
  const { measureLatency } = await import("@supernet/nas/supernet");
  const runtime = await openRuntime(name, undefined);
  const { threads, engine } = runtime;
  const latency = await measureLatency(await prepare(runtime));
  return { ...latency, batch: 1, threads, device: "cpu", engine };
}
