// ShuffleNet V2 (Ma et al., 2018, https://arxiv.org/abs/1807.11164) with torchvision's parameter names. The SPOS search
// space in @supernet/nas is a different network.
import { requireInteger, requireOneOf } from "@supernet/base";
import { nn, ops, type Tensor } from "@supernet/torch";
import type { Backbone } from "./backbone.js";
import { Classifier } from "./classifier.js";
import { convNorm } from "./layers.js";

const STEM = 24;
const BLOCKS = [4, 8, 4] as const;

/** Table 5 of the paper: output channels of the three stages and the last convolution, by width. */
const WIDTHS = {
  "0.5": { stages: [48, 96, 192], last: 1024 },
  "1.0": { stages: [116, 232, 464], last: 1024 },
  "1.5": { stages: [176, 352, 704], last: 1024 },
  "2.0": { stages: [244, 488, 976], last: 2048 },
} as const;

/** Multiplier of the number of channels. */
export type ShuffleNetV2Width = keyof typeof WIDTHS;

const relu = (): nn.Layer => new nn.ReLU(true);

/**
 * Block of two branches whose output channels are interleaved. With stride 1, branch2 reads the second half of the
 * input channels, and the first half passes through. With a larger stride, both branches read all input channels.
 */
class ShuffleBlock extends nn.Module {
  readonly branch1?: nn.Sequential;
  readonly branch2: nn.Sequential;

  constructor(inChannels: number, outChannels: number, stride: number) {
    super();
    const half = outChannels / 2;
    if (stride > 1) {
      this.branch1 = new nn.Sequential(
        ...convNorm(inChannels, inChannels, 3, { stride, groups: inChannels }),
        ...convNorm(inChannels, half, 1),
        relu(),
      );
    }
    this.branch2 = new nn.Sequential(
      ...convNorm(stride > 1 ? inChannels : half, half, 1),
      relu(),
      ...convNorm(half, half, 3, { stride, groups: half }),
      ...convNorm(half, half, 1),
      relu(),
    );
  }

  forward(x: Tensor): Tensor {
    const parts = this.branch1 ? [this.branch1.forward(x), this.branch2.forward(x)] : this.#splitForward(x);
    // 2 x [N, C / 2, H, W] -> [N, C / 2, 2, H, W] -> [N, C, H, W], which interleaves the channels.
    using paired = ops.stack(parts, 2);
    for (const part of parts) part.dispose();
    return paired.flatten(1, 2);
  }

  #splitForward(x: Tensor): [Tensor, Tensor] {
    const half = x.shape[1]! / 2;
    using second = x.slice(1, half);
    return [x.slice(1, 0, half), this.branch2.forward(second)];
  }
}

function buildStage(inChannels: number, outChannels: number, blocks: number): nn.Sequential {
  return new nn.Sequential(
    ...Array.from({ length: blocks }, (_, i) =>
      i === 0 ? new ShuffleBlock(inChannels, outChannels, 2) : new ShuffleBlock(outChannels, outChannels, 1),
    ),
  );
}

/** ShuffleNetV2 up to its last stage. Returns four maps: the pooled stem and the outputs of stage2 to stage4. */
export class ShuffleNetV2 extends nn.Module implements Backbone {
  readonly outChannels: readonly number[];
  readonly strides = [4, 8, 16, 32];
  readonly conv1: nn.Sequential;
  readonly stage2: nn.Sequential;
  readonly stage3: nn.Sequential;
  readonly stage4: nn.Sequential;
  readonly #pool = new nn.MaxPool2d(3, { stride: 2, padding: 1 });

  constructor(width: ShuffleNetV2Width) {
    super();
    requireOneOf("ShuffleNetV2: width", width, Object.keys(WIDTHS));
    const [first, second, third] = WIDTHS[width].stages;
    this.outChannels = [STEM, first, second, third];
    this.conv1 = new nn.Sequential(...convNorm(3, STEM, 3, { stride: 2 }), relu());
    this.stage2 = buildStage(STEM, first, BLOCKS[0]);
    this.stage3 = buildStage(first, second, BLOCKS[1]);
    this.stage4 = buildStage(second, third, BLOCKS[2]);
  }

  forward(images: Tensor): Tensor[] {
    const stem = this.conv1.forward(images);
    const maps = [this.#pool.forward(stem)];
    stem.dispose();
    for (const layer of [this.stage2, this.stage3, this.stage4]) maps.push(layer.forward(maps.at(-1)!));
    return maps;
  }
}

class ShuffleNetV2Head extends nn.Module {
  readonly conv5: nn.Sequential;
  readonly fc: nn.Linear;

  constructor(channels: number, last: number, classes: number) {
    super();
    this.conv5 = new nn.Sequential(...convNorm(channels, last, 1), relu());
    this.fc = new nn.Linear(last, classes);
  }

  forward(map: Tensor): Tensor {
    return this.fc.forward(this.conv5.forward(map).mean([2, 3]));
  }
}

/** Builds a ShuffleNetV2 classifier (https://arxiv.org/abs/1807.11164) with torchvision's parameter names. */
export function shuffleNetV2Classifier(width: ShuffleNetV2Width, classes: number): Classifier<ShuffleNetV2> {
  requireInteger("shuffleNetV2Classifier: classes", classes, { min: 1 });
  const backbone = new ShuffleNetV2(width);
  const head = new ShuffleNetV2Head(backbone.outChannels.at(-1)!, WIDTHS[width].last, classes);
  return new Classifier(backbone, head);
}
