import { requireArray, requireObject } from "@supernet/base";

/** Cost of a network for one input (batch size 1). */
export type Resources = {
  /** Number of trainable parameters. */
  readonly params: number;
  /**
   * Multiply-accumulates of convolutions, linear layers and attention. For attention these are the products of queries
   * with keys and of weights with values, and those with the tables of relative positions. Biases are not counted.
   */
  readonly macs: number;
  /**
   * FLOPs as papers report them: `macs`, and two operations (scale and shift) per output element of a normalization.
   * Activations, softmax, pooling, shuffles, lookups and biases are not counted. Of the conventions in use, only this
   * one gives both published numbers: DetNAS 0.34 G (0.326 G `macs`) and SPOS 0.33 G.
   */
  readonly flops: number;
  /**
   * `flops`, and one operation per output element of an activation function. MMRazor counts and limits this as FLOPs.
   * Pooling and biases are not counted.
   */
  readonly operations: number;
  /**
   * Output elements of convolutions and linear layers (Radosavovic et al., "Designing Network Design Spaces", CVPR
   * 2020, https://arxiv.org/abs/2003.13678). Time on accelerators depends more on them than on FLOPs.
   */
  readonly activations: number;
  /**
   * Maximum number of bytes in use at any moment of inference in float32: all parameters, and the maps that are alive.
   * A map, like the image, is alive from the layer that outputs it to the last one that reads it, both included. So a
   * layer's input and output count, and everything that branches and sums around it still need. No layer works in
   * place, and the halves of a split are views. The kernels' own buffers are not counted, nor the backbone maps that a
   * detector keeps.
   */
  readonly memory: number;
};

/**
 * Cost of a module and, if it has children, of each of them. It is the sum of the children's costs, except that the
 * maps' share of `memory` is the maximum at any moment.
 */
export interface Cost extends Resources {
  readonly name: string;
  readonly children?: readonly Cost[];
}

/** Bytes per float32 number. */
export const BYTES = 4;

/** Returns the bytes of `memory` that maps use. */
export function mapMemory(resources: Resources): number {
  requireObject("mapMemory: resources", resources);
  return resources.memory - BYTES * resources.params;
}

/**
 * Returns the cost of a module as the sum of its children's costs.
 *
 * @param maps maximum bytes of maps alive at once; default: the maximum of the children, which is right for a sequence
 */
export function sumCosts(name: string, children: readonly Cost[], maps?: number): Cost {
  requireArray("sumCosts: children", children);
  const sum = (resource: "params" | "macs" | "flops" | "operations" | "activations") =>
    children.reduce((total, child) => total + child[resource], 0);
  const params = sum("params");
  return {
    name,
    params,
    macs: sum("macs"),
    flops: sum("flops"),
    operations: sum("operations"),
    activations: sum("activations"),
    memory: BYTES * params + (maps ?? Math.max(0, ...children.map(mapMemory))),
    children,
  };
}
