import { requireArray, requireObject } from "@supernet/base";

/** What a network costs for one input (batch 1). */
export interface Resources {
  /** Trainable numbers. */
  readonly params: number;
  /**
   * Multiply-accumulates of convolutions, linear layers and attention: its two products of queries with keys and of
   * weights with values, and those with the tables of relative positions. Biases are not counted.
   */
  readonly macs: number;
  /**
   * The figure that the field publishes as FLOPs: `macs`, and two operations (scale and shift) for every element
   * that a normalization outputs. Activations, softmax, pooling, shuffles, look-ups and biases are free. Of the
   * conventions in use it is the one that gives both published figures: DetNAS 0.34 G (0.326 G `macs`) and SPOS 0.33 G.
   */
  readonly flops: number;
  /**
   * Elements that convolutions and linear layers output (Radosavovic et al., "Designing Network Design Spaces",
   * CVPR 2020), by which time on accelerators goes more than by FLOPs.
   */
  readonly activations: number;
  /**
   * The most bytes that are in use at any moment of inference, in float32: every parameter, and the maps that are
   * alive. A map, the image too, is alive from the layer that puts it out to the last one that takes it, both
   * included: a layer's input and output, and what the branches and sums around it wait for. No layer works in
   * place; the halves of a split are views. What kernels need for themselves is not counted, nor that a detector
   * holds the backbone's maps.
   */
  readonly memory: number;
}

/**
 * The cost of a module and, where it has parts, of each of them: the sum of its children's, save for `memory`, of
 * which the maps' share is the greatest at any moment.
 */
export interface Cost extends Resources {
  readonly name: string;
  readonly children?: readonly Cost[];
}

/** Of one number in float32. */
export const BYTES = 4;

/** The part of `memory` that maps take. */
export function mapMemory(resources: Resources): number {
  requireObject("mapMemory: resources", resources);
  return resources.memory - BYTES * resources.params;
}

/**
 * A module that costs what its children cost.
 * @param maps most bytes of maps alive at once; unless told the most in any child, as where they follow one another
 */
export function sumCosts(name: string, children: readonly Cost[], maps?: number): Cost {
  requireArray("sumCosts: children", children);
  const sum = (resource: "params" | "macs" | "flops" | "activations") =>
    children.reduce((total, child) => total + child[resource], 0);
  const params = sum("params");
  return {
    name,
    params,
    macs: sum("macs"),
    flops: sum("flops"),
    activations: sum("activations"),
    memory: BYTES * params + (maps ?? Math.max(0, ...children.map(mapMemory))),
    children,
  };
}
