import { BYTES, type Cost, type Resources } from "./cost.js";
import type { MapMemory } from "./memory.js";
import type { Shape } from "./shape.js";

/** Output shape and cost of a layer. */
export interface Estimate {
  readonly output: Shape;
  readonly cost: Cost;
  readonly maps: MapMemory;
}

/** Estimates a layer that reads one map and outputs another. */
export function leaf(name: string, input: Shape, output: Shape, cost: Partial<Resources> = {}): Estimate {
  const sizes = { input: BYTES * elements(input), output: BYTES * elements(output) };
  const peak = sizes.input + sizes.output;
  const { params = 0, macs = 0, flops = macs, operations = flops, activations = 0 } = cost;
  return {
    output,
    cost: { name, params, macs, flops, operations, activations, memory: BYTES * params + peak },
    maps: { ...sizes, peak, kept: peak, passes: false },
  };
}

export const elements = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);
