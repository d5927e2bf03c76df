import type { Layer } from "../layer/layer.js";
import type { Part } from "../layer/part.js";
import type { Subnet } from "../space/space.js";
import { estimateLayer } from "./estimate.js";
import { checkNetwork, type Shape } from "./shape.js";
import { createWalk } from "./walk.js";

/** Something that a network runs: a layer on inputs of one shape, or an operation without parameters. */
export interface Workload {
  /** Group of workloads whose times are predicted together, such as "neck". */
  readonly term: string;
  /** Absent for an operation without parameters, whose time is proportional to its elements. */
  readonly layer?: Layer | undefined;
  /** Shape of one input, without batch; for an operation, of one output. */
  readonly input: Shape;
  /** Number of inputs that it runs on together, such as regions. */
  readonly batch: number;
}

/**
 * Returns a function that lists the layers of a subnet in order, each with the shape of its input. Layers of the same
 * choices on the same shape are the same object. Identities are omitted.
 *
 * @param term term of the workloads
 * @param input shape without batch: `[3, height, width]` for the parts of a space
 * @throws UserError if `parts` are not parts of a network, or `input` is not the shape of its input
 */
export function createWorkloads(
  term: string,
  parts: readonly Omit<Part, "sharing">[],
  input: Shape,
): (subnet: Subnet) => Workload[] {
  checkNetwork("createWorkloads", parts, input);
  const walk = createWalk(parts, input, (layer, part, shape) => ({
    workload: { term, layer, input: shape, batch: 1 } satisfies Workload,
    output: estimateLayer(layer, part, shape).output,
  }));
  return (subnet) => {
    const workloads: Workload[] = [];
    walk(subnet, ({ workload }) => {
      if (workload.layer.kind !== "identity") workloads.push(workload);
    });
    return workloads;
  };
}
