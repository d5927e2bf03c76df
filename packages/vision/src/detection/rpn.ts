import { arange, nn, noGrad, type Tensor } from "@supernet/torch";
import type { Anchors } from "./anchors.js";
import { type Boxes, type ImageSize, indexTensor } from "./boxes.js";
import { bestOfLevels, type DensePredictions, flattenPredictions } from "./dense-head.js";
import { selectDetections } from "./detections.js";
import type { RpnSettings } from "./faster-rcnn.settings.js";
import type { ByMode } from "./settings.js";

/** Head of the region proposal network (Ren et al., Faster R-CNN, 2015), shared by all levels. */
export class RpnHead extends nn.Module {
  readonly rpn_conv: nn.Conv2d;
  readonly rpn_cls: nn.Conv2d;
  readonly rpn_reg: nn.Conv2d;

  constructor(channels: number, anchorsPerPlace: number) {
    super();
    this.rpn_conv = new nn.Conv2d(channels, channels, 3, { padding: 1 });
    this.rpn_cls = new nn.Conv2d(channels, anchorsPerPlace, 1);
    this.rpn_reg = new nn.Conv2d(channels, anchorsPerPlace * 4, 1);
    for (const conv of [this.rpn_conv, this.rpn_cls, this.rpn_reg]) {
      nn.init.normal(conv.weight, 0, 0.01);
      nn.init.constant(conv.bias!, 0);
    }
  }

  /** The logits are those of an anchor holding an object, of whatever class. */
  forward(levels: readonly Tensor[]): DensePredictions {
    const hidden = levels.map((level) => this.rpn_conv.forward(level).relu_());
    const logits = hidden.map((x) => this.rpn_cls.forward(x));
    const deltas = hidden.map((x) => this.rpn_reg.forward(x));
    return { logits: flattenPredictions(logits, 1), deltas: flattenPredictions(deltas, 4) };
  }
}

/**
 * Turns predictions into proposals: the best of each level, decoded, clipped to the image, suppressed within
 * their level, the best of what is left. Not differentiated.
 * @returns the proposals of each image, best first
 */
export function rpnProposals(
  predictions: DensePredictions,
  anchors: Anchors,
  sizes: readonly ImageSize[],
  { preNms, postNms, nms }: RpnSettings,
  mode: keyof ByMode,
): Boxes[] {
  return noGrad(() => {
    const { logits, boxes, levels } = bestOfLevels(predictions, anchors, preNms[mode]);
    const { device } = logits;
    const images = arange(0, sizes.length, 1, { device }).unsqueeze(1);
    const proposals = selectDetections(
      { scores: logits, boxes, images, labels: indexTensor(levels, device) },
      sizes,
      { scoreThreshold: Number.NEGATIVE_INFINITY, nms, detectionsPerImage: postNms[mode] },
    );
    return proposals.map((own) => own.boxes);
  });
}
