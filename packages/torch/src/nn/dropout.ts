import { ops, type Tensor } from "../engine/index.js";
import { Module } from "./module.js";

/** Zeroes each element with probability p and scales the rest by 1 / (1 - p); nothing when not training. */
export class Dropout extends Module {
  constructor(readonly p = 0.5) {
    super();
    if (!(p >= 0 && p <= 1)) throw new RangeError(`Dropout: p is a probability, got ${p}`);
  }

  forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? ops.dropout(x, this.p, true) : x;
  }
}
