import { nn, type Tensor } from "@supernet/torch";
import { ConvStack } from "./conv-norm.js";
import type { BoxHeadSettings } from "./faster-rcnn.settings.js";

export interface BoxPredictions {
  /** Regions x (classes + 1); the background comes last. */
  readonly logits: Tensor;
  /** Regions x classes x 4: a box of its own for each class. */
  readonly deltas: Tensor;
}

/**
 * Box head of convolutions and fully connected layers: two of these alone (Lin et al., Feature Pyramid Networks,
 * 2017), or four convolutions and one ("4conv1fc": Wu and He, Group Normalization, 2018).
 */
export class BoxHead extends nn.Module {
  readonly shared_convs: ConvStack;
  readonly shared_fcs: nn.ModuleList<nn.Linear>;
  readonly fc_cls: nn.Linear;
  readonly fc_reg: nn.Linear;

  constructor(inChannels: number, settings: BoxHeadSettings, classes: number) {
    super();
    const { roiSize, fcs } = settings;
    this.shared_convs = new ConvStack(inChannels, settings);
    const pooled = this.shared_convs.outChannels * roiSize * roiSize;
    this.shared_fcs = new nn.ModuleList(fcs.map((width, i) => new nn.Linear(fcs[i - 1] ?? pooled, width)));
    const features = fcs.at(-1) ?? pooled;
    this.fc_cls = new nn.Linear(features, classes + 1);
    this.fc_reg = new nn.Linear(features, classes * 4);
    for (const fc of this.shared_fcs) nn.init.xavierUniform(fc.weight);
    nn.init.normal(this.fc_cls.weight, 0, 0.01);
    nn.init.normal(this.fc_reg.weight, 0, 0.001);
    for (const fc of [...this.shared_fcs, this.fc_cls, this.fc_reg]) nn.init.constant(fc.bias!, 0);
  }

  /** Regions x inChannels x roiSize x roiSize to predictions. */
  forward(pooled: Tensor): BoxPredictions {
    let x = this.shared_convs.forward(pooled).flatten(1);
    for (const fc of this.shared_fcs) x = fc.forward(x).relu_();
    return { logits: this.fc_cls.forward(x), deltas: this.fc_reg.forward(x).reshape([x.shape[0]!, -1, 4]) };
  }
}
