import { empty, ops, type Tensor } from "../engine/index.js";
import { layerDefault } from "./init.js";
import { Module, type Parameter, parameter } from "./module.js";

/** y = x W^T + b over the last axis: [..., inFeatures] to [..., outFeatures]. */
export class Linear extends Module {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** [outFeatures, inFeatures] */
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;

  constructor(inFeatures: number, outFeatures: number, options: { bias?: boolean } = {}) {
    super();
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    const weight = empty([outFeatures, inFeatures]);
    const offset = (options.bias ?? true) ? empty([outFeatures]) : undefined;
    layerDefault(weight, offset);
    this.weight = parameter(weight);
    this.bias = offset && parameter(offset);
  }

  forward(x: Tensor): Tensor {
    return ops.linear(x, this.weight, this.bias);
  }
}
