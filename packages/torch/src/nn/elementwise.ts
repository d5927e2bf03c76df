import { requireBoolean, requireNumber, requireOneOf } from "@supernet/base";
import { ops, type Tensor } from "../engine/index.js";
import { Module } from "./module.js";

/** max(x, 0) */
export class ReLU extends Module {
  constructor(readonly inPlace = false) {
    super();
    requireBoolean("ReLU: inPlace", inPlace);
  }

  forward(x: Tensor): Tensor {
    return this.inPlace ? ops.relu_(x) : ops.relu(x);
  }
}

/** min(max(x, 0), 6), which keeps its precision in few bits. Howard et al., MobileNets, 2017. */
export class ReLU6 extends Module {
  constructor(readonly inPlace = false) {
    super();
    requireBoolean("ReLU6: inPlace", inPlace);
  }

  forward(x: Tensor): Tensor {
    return this.inPlace ? ops.relu6_(x) : ops.relu6(x);
  }
}

/** x P(X <= x) for X standard normal, exact or by the tanh approximation. Hendrycks and Gimpel, 2016. */
export class GELU extends Module {
  readonly #options: { approximate: "none" | "tanh" };

  constructor(approximate: "none" | "tanh" = "none") {
    super();
    requireOneOf("GELU: approximate", approximate, ["none", "tanh"]);
    this.#options = { approximate };
  }

  forward(x: Tensor): Tensor {
    return ops.gelu(x, this.#options);
  }
}

/** x itself. */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x;
  }
}

/** Zeroes each element with probability p and scales the rest by 1 / (1 - p); nothing when not training. */
export class Dropout extends Module {
  constructor(readonly p = 0.5) {
    super();
    requireNumber("Dropout: p", p, { min: 0, max: 1 });
  }

  forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? ops.dropout(x, this.p, true) : x;
  }
}
