/** What a network costs for one input (batch 1). */
export interface Resources {
  /** Trainable numbers. */
  readonly params: number;
  /** Multiply-accumulates of convolutions and linear layers; biases are not counted. */
  readonly macs: number;
  /**
   * The figure that the field publishes as FLOPs: `macs`, and two operations (scale and shift) for every element
   * that a normalisation puts out. Activations, pooling, shuffles and biases are free. Of the conventions in
   * use it is the one that gives both published figures: DetNAS 0.34 G (0.326 G `macs`) and SPOS 0.33 G.
   */
  readonly flops: number;
}

/** The cost of a module and, where it has parts, of each of them; a module's cost is the sum of its children's. */
export interface Cost extends Resources {
  readonly name: string;
  readonly children?: readonly Cost[];
}

export const NOTHING: Resources = { params: 0, macs: 0, flops: 0 };

export function addResources(a: Resources, b: Resources): Resources {
  return { params: a.params + b.params, macs: a.macs + b.macs, flops: a.flops + b.flops };
}

/** A module that costs what its children cost. */
export function sumCosts(name: string, children: readonly Cost[]): Cost {
  return { name, ...children.reduce<Resources>(addResources, NOTHING), children };
}
