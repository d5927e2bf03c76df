import { nn, type Tensor } from "@supernet/torch";
import type { Backbone } from "../backbones/backbone.js";

/** Backbone of a stem and four strided convolutions with norm, with strides 4 to 32. */
export class TinyBackbone extends nn.Module implements Backbone {
  readonly outChannels: readonly number[];
  readonly strides = [4, 8, 16, 32];
  readonly stem: nn.Conv2d;
  readonly stages: nn.ModuleList<nn.Sequential>;

  constructor(width = 8) {
    super();
    this.outChannels = [width, width * 2, width * 4, width * 4];
    this.stem = new nn.Conv2d(3, width, 3, { stride: 2, padding: 1 });
    let channels = width;
    this.stages = new nn.ModuleList(
      this.outChannels.map((out) => {
        const conv = new nn.Conv2d(channels, out, 3, { stride: 2, padding: 1, bias: false });
        channels = out;
        return new nn.Sequential(conv, new nn.BatchNorm2d(out), new nn.ReLU());
      }),
    );
  }

  forward(images: Tensor): Tensor[] {
    let x = this.stem.forward(images).relu();
    return Array.from(this.stages, (stage) => {
      x = stage.forward(x);
      return x;
    });
  }
}
