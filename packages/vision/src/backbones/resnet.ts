// ResNet (He et al., 2015, https://arxiv.org/abs/1512.03385) with torchvision's parameter names. As in torchvision, a
// bottleneck has its stride in the 3x3 convolution, not in the first 1x1 ("v1.5").
import { parseOptions, requireInteger } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { z } from "zod";
import type { Backbone } from "./backbone.js";
import { Classifier } from "./classifier.js";
import { convNorm, convolution, initConvolutions } from "./layers.js";

/** Convolutions of a block, in order. */
type BlockPlan = readonly {
  readonly kernel: number;
  /** Output channels, as a multiple of the stage's width. */
  readonly widen: number;
  /** Whether this convolution has the block's stride. */
  readonly strided?: boolean;
}[];

const BASIC: BlockPlan = [
  { kernel: 3, widen: 1, strided: true },
  { kernel: 3, widen: 1 },
];
const BOTTLENECK: BlockPlan = [
  { kernel: 1, widen: 1 },
  { kernel: 3, widen: 1, strided: true },
  { kernel: 1, widen: 4 },
];

/** Table 1 of the paper: type of block, and number of blocks in each stage. */
const DEPTHS = {
  18: { block: BASIC, blocks: [2, 2, 2, 2] },
  34: { block: BASIC, blocks: [3, 4, 6, 3] },
  50: { block: BOTTLENECK, blocks: [3, 4, 6, 3] },
  101: { block: BOTTLENECK, blocks: [3, 4, 23, 3] },
  152: { block: BOTTLENECK, blocks: [3, 8, 36, 3] },
} as const;

/** Number of layers of a ResNet. */
export type ResNetDepth = keyof typeof DEPTHS;

const argumentsSchema = z.object({ depth: z.literal(Object.keys(DEPTHS).map(Number)) });

const STEM = 64;

/** Convolutions with batch-norm ("conv1", "bn1" and so on) and ReLU between them, with a residual connection. */
class ResidualBlock extends nn.Module {
  /** 1x1 convolution and batch-norm of the residual connection, if input and output differ in shape. */
  readonly downsample?: nn.Sequential;
  readonly #named: readonly [string, nn.Layer][];
  readonly #main: nn.Sequential;

  constructor(inChannels: number, width: number, stride: number, plan: BlockPlan) {
    super();
    let channels = inChannels;
    const layers = plan.map(({ kernel, widen, strided }) => {
      const input = channels;
      channels = width * widen;
      return convNorm(input, channels, kernel, { stride: strided ? stride : 1 });
    });
    this.#named = layers.flatMap(([conv, bn], i): [string, nn.Layer][] => [
      [`conv${i + 1}`, conv],
      [`bn${i + 1}`, bn],
    ]);
    this.#main = new nn.Sequential(
      ...layers.flatMap((layer, i): nn.Layer[] => (i === 0 ? layer : [new nn.ReLU(true), ...layer])),
    );
    if (stride !== 1 || channels !== inChannels) {
      this.downsample = new nn.Sequential(...convNorm(inChannels, channels, 1, { stride }));
    }
  }

  override *namedChildren(): Generator<[string, nn.Module]> {
    yield* this.#named;
    yield* super.namedChildren();
  }

  forward(x: Tensor): Tensor {
    const y = this.#main.forward(x);
    const shortcut = this.downsample?.forward(x) ?? x;
    y.add_(shortcut).relu_();
    if (shortcut !== x) shortcut.dispose();
    return y;
  }
}

/** ResNet without its classifier. Returns four maps: the outputs of layer1 to layer4. */
export class ResNet extends nn.Module implements Backbone {
  readonly outChannels: readonly number[];
  readonly strides = [4, 8, 16, 32];
  readonly conv1: nn.Conv2d;
  readonly bn1: nn.BatchNorm2d;
  readonly layer1: nn.Sequential;
  readonly layer2: nn.Sequential;
  readonly layer3: nn.Sequential;
  readonly layer4: nn.Sequential;
  readonly #stem: nn.Sequential;

  constructor(depth: ResNetDepth) {
    super();
    parseOptions("ResNet", argumentsSchema, { depth });
    const { block, blocks } = DEPTHS[depth];
    const widths = blocks.map((_, stage) => STEM * 2 ** stage);
    this.outChannels = widths.map((width) => width * block.at(-1)!.widen);
    const layer = (stage: number): nn.Sequential => {
      const inChannels = this.outChannels[stage - 1] ?? STEM;
      const first = new ResidualBlock(inChannels, widths[stage]!, stage === 0 ? 1 : 2, block);
      const others = Array.from(
        { length: blocks[stage]! - 1 },
        () => new ResidualBlock(this.outChannels[stage]!, widths[stage]!, 1, block),
      );
      return new nn.Sequential(first, ...others);
    };
    this.conv1 = convolution(3, STEM, 7, { stride: 2 });
    this.bn1 = new nn.BatchNorm2d(STEM);
    this.layer1 = layer(0);
    this.layer2 = layer(1);
    this.layer3 = layer(2);
    this.layer4 = layer(3);
    const pool = new nn.MaxPool2d(3, { stride: 2, padding: 1 });
    this.#stem = new nn.Sequential(this.conv1, this.bn1, new nn.ReLU(true), pool);
    initConvolutions(this);
  }

  forward(images: Tensor): Tensor[] {
    const stem = this.#stem.forward(images);
    const maps = [this.layer1.forward(stem)];
    stem.dispose();
    for (const layer of [this.layer2, this.layer3, this.layer4]) maps.push(layer.forward(maps.at(-1)!));
    return maps;
  }
}

class ResNetHead extends nn.Module {
  readonly fc: nn.Linear;

  constructor(channels: number, classes: number) {
    super();
    this.fc = new nn.Linear(channels, classes);
  }

  forward(map: Tensor): Tensor {
    return this.fc.forward(map.mean([2, 3]));
  }
}

/**
 * Builds a ResNet classifier (https://arxiv.org/abs/1512.03385) with torchvision's parameter names.
 *
 * @example
 * const model = resNetClassifier(50, 1000);
 * model.loadStateDict(loadTensors("resnet50.pth").tensors);
 */
export function resNetClassifier(depth: ResNetDepth, classes: number): Classifier<ResNet> {
  requireInteger("resNetClassifier: classes", classes, { min: 1 });
  const backbone = new ResNet(depth);
  return new Classifier(backbone, new ResNetHead(backbone.outChannels.at(-1)!, classes));
}
