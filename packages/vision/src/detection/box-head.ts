import { nn, type Tensor } from "@supernet/torch";
import { ConvNorm, type NormKind } from "./conv-norm.js";

export interface BoxHeadOptions {
  readonly inChannels: number;
  readonly poolSize: number;
  readonly classes: number;
  readonly norm: NormKind;
  /** 3x3 convolutions with norm and ReLU. */
  readonly convs: number;
  readonly convChannels: number;
  /** Width of the one fully connected layer. */
  readonly fcChannels: number;
}

export interface BoxPredictions {
  /** Regions x (classes + 1); the background comes last. */
  readonly logits: Tensor;
  /** Regions x classes x 4: a box of its own for each class. */
  readonly deltas: Tensor;
}

/** Box head of convolutions and one fully connected layer (Wu and He, Group Normalization, 2018: "4conv1fc"). */
export class BoxHead extends nn.Module {
  readonly shared_convs: nn.ModuleList<ConvNorm>;
  readonly shared_fcs: nn.ModuleList<nn.Linear>;
  readonly fc_cls: nn.Linear;
  readonly fc_reg: nn.Linear;

  constructor(options: BoxHeadOptions) {
    super();
    const { inChannels, poolSize, classes, norm, convs, convChannels, fcChannels } = options;
    this.shared_convs = new nn.ModuleList(
      Array.from({ length: convs }, (_, i) => {
        return new ConvNorm(i === 0 ? inChannels : convChannels, convChannels, 3, { norm, relu: true });
      }),
    );
    const pooled = (convs === 0 ? inChannels : convChannels) * poolSize * poolSize;
    this.shared_fcs = new nn.ModuleList([new nn.Linear(pooled, fcChannels)]);
    this.fc_cls = new nn.Linear(fcChannels, classes + 1);
    this.fc_reg = new nn.Linear(fcChannels, classes * 4);
    for (const fc of this.shared_fcs) nn.init.xavierUniform(fc.weight);
    nn.init.normal(this.fc_cls.weight, 0, 0.01);
    nn.init.normal(this.fc_reg.weight, 0, 0.001);
    for (const fc of [...this.shared_fcs, this.fc_cls, this.fc_reg]) nn.init.constant(fc.bias!, 0);
  }

  /** Regions x inChannels x poolSize x poolSize to predictions. */
  forward(pooled: Tensor): BoxPredictions {
    let x = pooled;
    for (const conv of this.shared_convs) x = conv.forward(x);
    x = x.flatten(1);
    for (const fc of this.shared_fcs) x = fc.forward(x).relu_();
    return { logits: this.fc_cls.forward(x), deltas: this.fc_reg.forward(x).reshape([x.shape[0]!, -1, 4]) };
  }
}
