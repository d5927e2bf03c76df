import { nn, type Tensor } from "@supernet/torch";
import type { ConvStackSettings, Norm } from "../common.settings.js";

export interface ConvNormOptions {
  readonly norm: Norm;
  readonly stride?: number;
  /** A ReLU at the end. */
  readonly relu?: boolean;
}

/** Convolution that keeps the size (over its stride), then norm or else a bias, then ReLU where asked for. */
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
      bias: norm === "none",
    });
    nn.init.kaimingUniform(this.conv.weight, { slope: 1 });
    if (this.conv.bias) nn.init.constant(this.conv.bias, 0);
    if (norm === "batch") this.bn = new nn.BatchNorm2d(outChannels);
    if (norm === "group") this.gn = new nn.GroupNorm(groupsFor(outChannels), outChannels);
    this.#relu = relu;
  }

  /** N x inChannels x H x W to N x outChannels x H/stride x W/stride. */
  forward(x: Tensor): Tensor {
    const y = this.conv.forward(x);
    const normed = (this.bn ?? this.gn)?.forward(y) ?? y;
    return this.#relu ? normed.relu_() : normed;
  }
}

/** The field's 32 groups, or the largest power of two below that divides the channels. */
function groupsFor(channels: number): number {
  let groups = 32;
  while (channels % groups !== 0) groups /= 2;
  return groups;
}

/** 3x3 convolutions with norm and ReLU, by which a head begins. */
export class ConvStack extends nn.ModuleList<ConvNorm> {
  readonly outChannels: number;

  constructor(inChannels: number, { convs, norm }: ConvStackSettings) {
    super(
      convs.map((channels, i) => new ConvNorm(convs[i - 1] ?? inChannels, channels, 3, { norm, relu: true })),
    );
    this.outChannels = convs.at(-1) ?? inChannels;
  }

  /** N x inChannels x H x W to N x outChannels x H x W. */
  forward(x: Tensor): Tensor {
    let y = x;
    for (const conv of this) y = conv.forward(y);
    return y;
  }
}
