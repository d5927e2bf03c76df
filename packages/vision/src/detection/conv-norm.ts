import { nn, type Tensor } from "@supernet/torch";

/** Normalisation after a convolution of the detector: batch-norm or group-norm, both trained. */
export type NormKind = "batch" | "group";

export interface ConvNormOptions {
  readonly norm: NormKind;
  readonly stride?: number;
  /** A ReLU at the end. */
  readonly relu?: boolean;
}

/** Convolution without bias that keeps the size (over its stride), then norm, then ReLU where asked for. */
export class ConvNorm extends nn.Module {
  readonly conv: nn.Conv2d;
  readonly bn?: nn.BatchNorm2d;
  readonly gn?: nn.GroupNorm;
  readonly #relu: boolean;

  constructor(inChannels: number, outChannels: number, kernel: number, options: ConvNormOptions) {
    super();
    const { norm, stride = 1, relu = false } = options;
    this.conv = new nn.Conv2d(inChannels, outChannels, kernel, {
      stride,
      padding: (kernel - 1) / 2,
      bias: false,
    });
    nn.init.kaimingUniform(this.conv.weight, { slope: 1 });
    if (norm === "batch") this.bn = new nn.BatchNorm2d(outChannels);
    else this.gn = new nn.GroupNorm(groupsFor(outChannels), outChannels);
    this.#relu = relu;
  }

  /** N x inChannels x H x W to N x outChannels x H/stride x W/stride. */
  forward(x: Tensor): Tensor {
    const y = (this.bn ?? this.gn)!.forward(this.conv.forward(x));
    return this.#relu ? y.relu_() : y;
  }
}

/** The field's 32 groups, or the largest power of two below that divides the channels. */
function groupsFor(channels: number): number {
  let groups = 32;
  while (channels % groups !== 0) groups /= 2;
  return groups;
}
