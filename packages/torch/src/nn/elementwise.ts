import { requireBoolean, requireNumber, requireOneOf } from "@supernet/base";
import { ops, type Tensor } from "../engine/index.js";
import { Module } from "./module.js";

/** Rectified linear unit, max(x, 0). */
export class ReLU extends Module {
  constructor(readonly inPlace = false) {
    super();
    requireBoolean("ReLU: inPlace", inPlace);
  }

  forward(x: Tensor): Tensor {
    return this.inPlace ? ops.relu_(x) : ops.relu(x);
  }
}

/**
 * Rectified linear unit limited to 6, min(max(x, 0), 6), which keeps its precision in few bits.
 * See [Howard et al., MobileNets](https://arxiv.org/abs/1704.04861), 2017.
 */
export class ReLU6 extends Module {
  constructor(readonly inPlace = false) {
    super();
    requireBoolean("ReLU6: inPlace", inPlace);
  }

  forward(x: Tensor): Tensor {
    return this.inPlace ? ops.relu6_(x) : ops.relu6(x);
  }
}

/**
 * Gaussian error linear unit: x P(X <= x) for a standard normal X, exact (the default) or with the tanh approximation.
 * See [Hendrycks and Gimpel](https://arxiv.org/abs/1606.08415), 2016.
 */
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

/** Logistic function, 1 / (1 + exp(-x)). */
export class Sigmoid extends Module {
  forward(x: Tensor): Tensor {
    return ops.sigmoid(x);
  }
}

/**
 * Sigmoid linear unit, x / (1 + exp(-x)), also called swish.
 * See [Elfwing et al.](https://arxiv.org/abs/1702.03118), 2017, and
 * [Ramachandran et al.](https://arxiv.org/abs/1710.05941), 2017.
 */
export class SiLU extends Module {
  forward(x: Tensor): Tensor {
    return ops.silu(x);
  }
}

/** Piecewise linear sigmoid, min(max(x + 3, 0), 6) / 6. */
export class Hardsigmoid extends Module {
  forward(x: Tensor): Tensor {
    return ops.hardsigmoid(x);
  }
}

/**
 * Swish with the piecewise linear sigmoid, x min(max(x + 3, 0), 6) / 6.
 * See [Howard et al., MobileNetV3](https://arxiv.org/abs/1905.02244), 2019.
 */
export class Hardswish extends Module {
  forward(x: Tensor): Tensor {
    return ops.hardswish(x);
  }
}

/** Returns its input. */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x;
  }
}

/** Zeroes each element with probability `p` and scales the others by 1 / (1 - p). Has no effect in evaluation. */
export class Dropout extends Module {
  constructor(readonly p = 0.5) {
    super();
    requireNumber("Dropout: p", p, { min: 0, max: 1 });
  }

  forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? ops.dropout(x, this.p, true) : x;
  }
}
