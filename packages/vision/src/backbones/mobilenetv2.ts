// MobileNetV2 with width 1 (Sandler et al., 2018, https://arxiv.org/abs/1801.04381) and torchvision's parameter names.
import { requireInteger } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import type { Backbone } from "./backbone.js";
import { Classifier } from "./classifier.js";
import { convNorm, initConvolutions } from "./layers.js";

const STEM = 32;
const LAST = 1280;
const DROPOUT = 0.2;

/** Table 2 of the paper. */
const STAGES = [
  { expand: 1, channels: 16, blocks: 1, stride: 1 },
  { expand: 6, channels: 24, blocks: 2, stride: 2 },
  { expand: 6, channels: 32, blocks: 3, stride: 2 },
  { expand: 6, channels: 64, blocks: 4, stride: 2 },
  { expand: 6, channels: 96, blocks: 3, stride: 1 },
  { expand: 6, channels: 160, blocks: 3, stride: 2 },
  { expand: 6, channels: 320, blocks: 1, stride: 1 },
] as const;

const convNormReLU6 = (...args: Parameters<typeof convNorm>): nn.Sequential =>
  new nn.Sequential(...convNorm(...args), new nn.ReLU6(true));

/** 1x1 expansion, 3x3 depth-wise convolution, linear 1x1 projection, and a residual connection if the shapes match. */
class InvertedResidual extends nn.Module {
  readonly conv: nn.Sequential;
  readonly #residual: boolean;

  constructor(inChannels: number, outChannels: number, expand: number, stride: number) {
    super();
    const hidden = inChannels * expand;
    this.conv = new nn.Sequential(
      ...(expand === 1 ? [] : [convNormReLU6(inChannels, hidden, 1)]),
      convNormReLU6(hidden, hidden, 3, { stride, groups: hidden }),
      ...convNorm(hidden, outChannels, 1),
    );
    this.#residual = stride === 1 && inChannels === outChannels;
  }

  forward(x: Tensor): Tensor {
    const y = this.conv.forward(x);
    return this.#residual ? y.add_(x) : y;
  }
}

/** MobileNetV2 up to its last block. Returns four maps: the last output of each stride from 4 to 32. */
export class MobileNetV2 extends nn.Module implements Backbone {
  readonly outChannels: readonly number[];
  readonly strides: readonly number[];
  /** The stem, then the blocks of all stages. */
  readonly features: nn.ModuleList<nn.Layer>;
  /** Indices in `features` of the layers whose output is a map. */
  readonly #mapped: ReadonlySet<number>;

  constructor() {
    super();
    const features: nn.Layer[] = [convNormReLU6(3, STEM, 3, { stride: 2 })];
    const lastOfStride = new Map<number, { channels: number; index: number }>();
    let inChannels = STEM;
    let reduction = 2;
    for (const { expand, channels, blocks, stride } of STAGES) {
      reduction *= stride;
      for (let block = 0; block < blocks; block++) {
        features.push(new InvertedResidual(inChannels, channels, expand, block === 0 ? stride : 1));
        inChannels = channels;
      }
      lastOfStride.set(reduction, { channels, index: features.length - 1 });
    }
    lastOfStride.delete(2);
    this.features = new nn.ModuleList(features);
    this.strides = [...lastOfStride.keys()];
    this.outChannels = Array.from(lastOfStride.values(), ({ channels }) => channels);
    this.#mapped = new Set(Array.from(lastOfStride.values(), ({ index }) => index));
    initConvolutions(this);
  }

  forward(images: Tensor): Tensor[] {
    const maps: Tensor[] = [];
    let x = images;
    for (const [index, layer] of [...this.features].entries()) {
      const next = layer.forward(x);
      if (x !== images && !maps.includes(x)) x.dispose();
      x = next;
      if (this.#mapped.has(index)) maps.push(x);
    }
    return maps;
  }
}

class MobileNetV2Head extends nn.Module {
  /** The last convolution. Its number follows the backbone's features. */
  readonly features: nn.ModuleDict<nn.Layer>;
  readonly classifier: nn.Sequential;
  readonly #last: nn.Layer;

  constructor(backbone: MobileNetV2, classes: number) {
    super();
    this.#last = convNormReLU6(backbone.outChannels.at(-1)!, LAST, 1);
    this.features = new nn.ModuleDict({ [backbone.features.length]: this.#last });
    const linear = new nn.Linear(LAST, classes);
    this.classifier = new nn.Sequential(new nn.Dropout(DROPOUT), linear);
    initConvolutions(this);
    nn.init.normal(linear.weight, 0, 0.01);
    nn.init.constant(linear.bias!, 0);
  }

  forward(map: Tensor): Tensor {
    return this.classifier.forward(this.#last.forward(map).mean([2, 3]));
  }
}

/**
 * Builds a MobileNetV2 classifier (https://arxiv.org/abs/1801.04381) with torchvision's parameter names.
 *
 * @example
 * const model = mobileNetV2Classifier(10);
 * const logits = model.forward(randn([8, 3, 224, 224])); // [8, 10]
 */
export function mobileNetV2Classifier(classes: number): Classifier<MobileNetV2> {
  requireInteger("mobileNetV2Classifier: classes", classes, { min: 1 });
  const backbone = new MobileNetV2();
  return new Classifier(backbone, new MobileNetV2Head(backbone, classes));
}
