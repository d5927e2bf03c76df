import { arange, nn, noGrad, type Tensor, tidy, zeros } from "@supernet/torch";
import { type Anchors, anchorsPerPlace, gridAnchors } from "./anchors.js";
import type { Backbone } from "./backbone.js";
import { ANCHOR_WEIGHTS, encodeMatches } from "./box-coder.js";
import { type Detections, type GroundTruth, type ImageSize, indexTensor } from "./boxes.js";
import { ConvStack } from "./conv-norm.js";
import { bestOfLevels, type DensePredictions, flattenPredictions, mapSizes } from "./dense-head.js";
import { selectDetections } from "./detections.js";
import type { Detector } from "./detector.js";
import { FeaturePyramid } from "./fpn.js";
import { boxLoss, focalLoss } from "./losses.js";
import { matchBoxes, splitMatches } from "./matcher.js";
import type { RetinaNetSettings } from "./retinanet.settings.js";

export interface RetinaNetLosses extends Record<string, Tensor> {
  lossClassification: Tensor;
  lossBox: Tensor;
}

/** Two branches of convolutions, one for classes and one for boxes, shared by all levels. */
export class RetinaHead extends nn.Module {
  readonly cls_convs: ConvStack;
  readonly reg_convs: ConvStack;
  readonly retina_cls: nn.Conv2d;
  readonly retina_reg: nn.Conv2d;
  readonly #classes: number;

  constructor(
    inChannels: number,
    anchorsPerPlace: number,
    settings: RetinaNetSettings["head"],
    classes: number,
  ) {
    super();
    this.cls_convs = new ConvStack(inChannels, settings);
    this.reg_convs = new ConvStack(inChannels, settings);
    const { outChannels } = this.cls_convs;
    this.retina_cls = new nn.Conv2d(outChannels, anchorsPerPlace * classes, 3, { padding: 1 });
    this.retina_reg = new nn.Conv2d(outChannels, anchorsPerPlace * 4, 3, { padding: 1 });
    const stacked = [...this.cls_convs, ...this.reg_convs].map(({ conv }) => conv);
    for (const conv of [...stacked, this.retina_cls, this.retina_reg]) nn.init.normal(conv.weight, 0, 0.01);
    // All but a few anchors are background: begun at one half, their loss would drown the rest.
    nn.init.constant(this.retina_cls.bias!, Math.log(settings.prior / (1 - settings.prior)));
    nn.init.constant(this.retina_reg.bias!, 0);
    this.#classes = classes;
  }

  forward(levels: readonly Tensor[]): DensePredictions {
    const logits = levels.map((level) => this.retina_cls.forward(this.cls_convs.forward(level)));
    const deltas = levels.map((level) => this.retina_reg.forward(this.reg_convs.forward(level)));
    return { logits: flattenPredictions(logits, this.#classes), deltas: flattenPredictions(deltas, 4) };
  }
}

/**
 * Losses of RetinaNet: the focal loss over all anchors that are not ignored and (smooth) L1 over the positive
 * ones, both divided by the number of positives of their image, and the mean over the images.
 */
export function retinaLosses(
  { logits, deltas }: DensePredictions,
  anchors: Anchors,
  truth: readonly GroundTruth[],
  settings: RetinaNetSettings["head"],
): { classification: Tensor; box: Tensor } {
  const device = logits.device;
  const classes = logits.shape[2]!;
  const images = truth.map((known, image) => {
    const matched = matchBoxes(anchors.boxes, known, { ...settings, lowQuality: true });
    const { positive, negative } = splitMatches(matched);
    const learned = Int32Array.from([...positive, ...negative]);
    const ones = Int32Array.from(positive, (place, row) => row * classes + known.labels[matched[place]!]!);
    const targets = zeros([learned.length * classes], { device }).indexFill_(0, indexTensor(ones, device), 1);
    const rows = logits.select(0, image).indexSelect(0, indexTensor(learned, device));
    const wanted = encodeMatches(positive, matched, known.boxes, anchors.boxes, ANCHOR_WEIGHTS);
    const share = Math.max(1, positive.length) * truth.length;
    return {
      classification: focalLoss(rows, targets.reshape(rows.shape), settings.focal).div(share),
      box: boxLoss(deltas.select(0, image), positive, wanted, settings.smoothL1Beta).div(share),
    };
  });
  return {
    classification: images.map((own) => own.classification).reduce((sum, loss) => sum.add(loss)),
    box: images.map((own) => own.box).reduce((sum, loss) => sum.add(loss)),
  };
}

/** What is found: the best pairs of an anchor and a class of each level, suppressed within their class. */
export function retinaDetections(
  predictions: DensePredictions,
  anchors: Anchors,
  sizes: readonly ImageSize[],
  settings: RetinaNetSettings,
): Detections[] {
  const { logits, classes, boxes } = bestOfLevels(predictions, anchors, settings.preNms);
  const images = arange(0, sizes.length, 1, { device: logits.device }).unsqueeze(1);
  return selectDetections({ scores: logits.sigmoid(), boxes, images, labels: classes }, sizes, settings);
}

/**
 * RetinaNet (Lin et al., Focal Loss for Dense Object Detection, 2017): each anchor of each pyramid level is
 * classified and refined at once, with a loss that easy background hardly moves.
 */
export class RetinaNet extends nn.Module implements Detector {
  readonly backbone: Backbone;
  readonly neck: FeaturePyramid;
  readonly bbox_head: RetinaHead;
  readonly settings: RetinaNetSettings;

  constructor(backbone: Backbone, settings: RetinaNetSettings, classes: number) {
    super();
    const { pyramid, anchors, head } = settings;
    this.backbone = backbone;
    this.neck = new FeaturePyramid(backbone, pyramid);
    this.bbox_head = new RetinaHead(pyramid.channels, anchorsPerPlace(anchors), head, classes);
    this.settings = settings;
  }

  /** Its two losses; every anchor takes part, so nothing is drawn. See {@link Detector.forward}. */
  forward(images: Tensor, _sizes: readonly ImageSize[], truth: readonly GroundTruth[]): RetinaNetLosses {
    const { predictions, anchors } = this.#predict(this.backbone.forward(images));
    const { classification, box } = retinaLosses(predictions, anchors, truth, this.settings.head);
    return { lossClassification: classification, lossBox: box };
  }

  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() => tidy(() => this.detectIn(this.backbone.forward(images), sizes)));
  }

  detectIn(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() =>
      tidy(() => {
        const { predictions, anchors } = this.#predict(features);
        return retinaDetections(predictions, anchors, sizes, this.settings);
      }),
    );
  }

  /** Its modules run on whole levels, whatever is found. See {@link Detector.workload}. */
  workload(images: Tensor): void {
    noGrad(() => tidy(() => void this.#predict(this.backbone.forward(images))));
  }

  #predict(features: readonly Tensor[]): { predictions: DensePredictions; anchors: Anchors } {
    const { pyramid, anchors } = this.settings;
    const levels = this.neck.forward(features);
    return {
      predictions: this.bbox_head.forward(levels),
      anchors: gridAnchors(mapSizes(levels), pyramid.strides, anchors),
    };
  }
}
