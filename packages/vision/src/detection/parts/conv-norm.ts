import { count, parseOptions, requireInteger } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { z } from "zod";
import { type ConvStackSettings, convStackSchema, normSchema } from "../common.settings.js";

const convNormSchema = z.strictObject({
  norm: normSchema,
  /** Default: 1. */
  stride: count.default(1),
  /** Whether a ReLU follows. Default: false. */
  relu: z.boolean().default(false),
});

export type ConvNormOptions = Readonly<z.input<typeof convNormSchema>>;

/** Convolution with padding, followed by a norm or a bias, and optionally a ReLU. */
export class ConvNorm extends nn.Module {
  readonly conv: nn.Conv2d;
  readonly bn?: nn.BatchNorm2d;
  readonly gn?: nn.GroupNorm;
  readonly #relu: boolean;

  constructor(inChannels: number, outChannels: number, kernel: number, options: ConvNormOptions) {
    super();
    const { norm, stride, relu } = parseOptions("ConvNorm", convNormSchema, options);
    this.conv = new nn.Conv2d(inChannels, outChannels, kernel, {
      stride,
      padding: (kernel - 1) / 2,
      bias: norm === "none",
    });
    nn.init.kaimingUniform(this.conv.weight, { slope: 1 });
    if (this.conv.bias) nn.init.constant(this.conv.bias, 0);
    if (norm === "batch") this.bn = new nn.BatchNorm2d(outChannels);
    if (norm === "group") this.gn = new nn.GroupNorm(chooseGroups(outChannels), outChannels);
    this.#relu = relu;
  }

  /** Maps [N, inChannels, H, W] to [N, outChannels, H/stride, W/stride]. */
  forward(x: Tensor): Tensor {
    const y = this.conv.forward(x);
    const normed = (this.bn ?? this.gn)?.forward(y) ?? y;
    return this.#relu ? normed.relu_() : normed;
  }
}

/** Returns the largest power of two up to 32 that divides the number of channels. */
function chooseGroups(channels: number): number {
  let groups = 32;
  while (channels % groups !== 0) groups /= 2;
  return groups;
}

/** 3x3 convolutions with norm and ReLU at the start of a head. */
export class ConvStack extends nn.ModuleList<ConvNorm> {
  /** Number of channels of the last convolution, or of the input without convolutions. */
  readonly outChannels: number;

  constructor(inChannels: number, settings: ConvStackSettings) {
    requireInteger("ConvStack: inChannels", inChannels, { min: 1 });
    const { convs, norm } = parseOptions("ConvStack", convStackSchema, settings);
    super(
      convs.map((channels, i) => new ConvNorm(convs[i - 1] ?? inChannels, channels, 3, { norm, relu: true })),
    );
    this.outChannels = convs.at(-1) ?? inChannels;
  }

  /** Maps [N, inChannels, H, W] to [N, outChannels, H, W]. */
  forward(x: Tensor): Tensor {
    let y = x;
    for (const conv of this) y = conv.forward(y);
    return y;
  }
}
