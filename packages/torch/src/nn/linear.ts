import { requireBoolean, requireInteger, requireOptions } from "@supernet/base";
import { empty, ops, type Tensor } from "../engine/index.js";
import { layerDefault } from "./init.js";
import { Module, type Parameter, parameter } from "./module.js";

/** Linear layer, y = x W^T + b, over the last axis: [..., inFeatures] to [..., outFeatures]. */
export class Linear extends Module {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** [outFeatures, inFeatures] */
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;

  constructor(inFeatures: number, outFeatures: number, options: { bias?: boolean } = {}) {
    super();
    requireInteger("Linear: inFeatures", inFeatures, { min: 0 });
    requireInteger("Linear: outFeatures", outFeatures, { min: 0 });
    requireOptions<{ bias: boolean }>("Linear", options, ["bias"]);
    const { bias = true } = options;
    requireBoolean("Linear: bias", bias);
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    const weight = empty([outFeatures, inFeatures]);
    const offset = bias ? empty([outFeatures]) : undefined;
    layerDefault(weight, offset);
    this.weight = parameter(weight);
    this.bias = offset && parameter(offset);
  }

  forward(x: Tensor): Tensor {
    return ops.linear(x, this.weight, this.bias);
  }
}

/** Flattens the axes from `startDim` to `endDim` into one. Default: [N, C, H, W] to [N, C H W]. */
export class Flatten extends Module {
  constructor(
    readonly startDim = 1,
    readonly endDim = -1,
  ) {
    super();
    requireInteger("Flatten: startDim", startDim);
    requireInteger("Flatten: endDim", endDim);
  }

  forward(x: Tensor): Tensor {
    return ops.flatten(x, this.startDim, this.endDim);
  }
}
