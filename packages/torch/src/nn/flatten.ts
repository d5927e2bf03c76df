import { ops, type Tensor } from "../engine/index.js";
import { Module } from "./module.js";

/** Joins the axes from `startDim` to `endDim` into one: [N, C, H, W] to [N, C H W] unless told. */
export class Flatten extends Module {
  constructor(
    readonly startDim = 1,
    readonly endDim = -1,
  ) {
    super();
  }

  forward(x: Tensor): Tensor {
    return ops.flatten(x, this.startDim, this.endDim);
  }
}
