import { nn, type Tensor } from "@supernet/torch";

/**
 * Multiplies each channel of a map by a factor that is computed from the means of all channels
 * ([Hu et al., 2018](https://arxiv.org/abs/1709.01507)): `[n, c, h, w] -> [n, c, h, w]`.
 */
export class SqueezeExcitation extends nn.Module {
  readonly fc1: nn.Conv2d;
  readonly activation: nn.Layer;
  readonly fc2: nn.Conv2d;
  readonly gate: nn.Layer;

  constructor(parts: Readonly<Record<"fc1" | "fc2", nn.Conv2d> & Record<"activation" | "gate", nn.Layer>>) {
    super();
    this.fc1 = parts.fc1;
    this.activation = parts.activation;
    this.fc2 = parts.fc2;
    this.gate = parts.gate;
  }

  forward(x: Tensor): Tensor {
    let factors = x.mean([2, 3], true);
    for (const layer of [this.fc1, this.activation, this.fc2, this.gate]) {
      const next = layer.forward(factors);
      factors.dispose();
      factors = next;
    }
    const scaled = x.mul(factors);
    factors.dispose();
    return scaled;
  }
}
