import { nn, noGrad, type Tensor, tidy, zeros } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import { type AnchorSettings, type Anchors, anchorsPerPlace, gridAnchors } from "./anchors.js";
import type { Backbone } from "./backbone.js";
import { decodeBoxes } from "./box-coder.js";
import { BoxHead, type BoxPredictions } from "./box-head.js";
import { type Boxes, boxTensor, type Detections, type GroundTruth, type ImageSize } from "./boxes.js";
import type { NormKind } from "./conv-norm.js";
import { mapSizes } from "./dense-head.js";
import { selectDetections } from "./detections.js";
import type { Detector } from "./detector.js";
import { FeaturePyramid } from "./fpn.js";
import { orderByLevel, poolRegions, type Regions } from "./regions.js";
import { type RoiSettings, roiLosses, sampleRegions } from "./roi.js";
import { RpnHead, type RpnPredictions, type RpnSettings, rpnProposals } from "./rpn.js";
import { rpnLosses } from "./rpn-losses.js";

export interface FasterRcnnSettings {
  readonly classes: number;
  readonly fpnChannels: number;
  /** Of the feature pyramid and the box head. */
  readonly norm: NormKind;
  /** One stride for each level: the backbone's, then doubling. */
  readonly anchors: AnchorSettings;
  readonly rpn: RpnSettings;
  readonly roi: RoiSettings;
}

/** The published settings for COCO (Ren et al. 2015, Lin et al. 2017), with DetNAS's 4conv1fc head. */
export const fasterRcnnCoco: FasterRcnnSettings = {
  classes: 80,
  fpnChannels: 256,
  norm: "batch",
  anchors: { scales: [8], ratios: [0.5, 1, 2], strides: [4, 8, 16, 32, 64] },
  rpn: {
    positiveIou: 0.7,
    negativeIou: 0.3,
    lowQuality: true,
    samplesPerImage: 256,
    positiveFraction: 0.5,
    boxWeights: [1, 1, 1, 1],
    preNmsTopN: { train: 2000, test: 1000 },
    postNmsTopN: { train: 1000, test: 1000 },
    nmsIou: 0.7,
    smoothL1Beta: 0,
  },
  roi: {
    positiveIou: 0.5,
    samplesPerImage: 512,
    positiveFraction: 0.25,
    boxWeights: [10, 10, 5, 5],
    poolSize: 7,
    samplingRatio: 0,
    finestScale: 56,
    convs: 4,
    convChannels: 256,
    fcChannels: 1024,
    smoothL1Beta: 0,
    scoreThreshold: 0.05,
    nmsIou: 0.5,
    detectionsPerImage: 100,
  },
};

export interface FasterRcnnLosses extends Record<string, Tensor> {
  lossRpnClassification: Tensor;
  lossRpnBox: Tensor;
  lossClassification: Tensor;
  lossBox: Tensor;
}

/** The second stage's parameters. */
class RoiHead extends nn.Module {
  readonly bbox_head: BoxHead;

  constructor(head: BoxHead) {
    super();
    this.bbox_head = head;
  }
}

/** What the first stage makes of a batch. */
interface FirstStage {
  readonly levels: readonly Tensor[];
  readonly anchors: Anchors;
  readonly predictions: RpnPredictions;
  readonly proposals: readonly Boxes[];
}

/**
 * Faster R-CNN (Ren et al., 2015) on a feature pyramid (Lin et al., 2017): a region proposal network on every
 * level, and a box head on the regions pooled from the backbone's levels.
 */
export class FasterRcnn extends nn.Module implements Detector {
  readonly backbone: Backbone;
  readonly neck: FeaturePyramid;
  readonly rpn_head: RpnHead;
  readonly roi_head: RoiHead;
  readonly settings: FasterRcnnSettings;

  constructor(backbone: Backbone, settings: FasterRcnnSettings) {
    super();
    const { anchors, classes, fpnChannels, norm, roi } = settings;
    this.backbone = backbone;
    const extraLevels = anchors.strides.length - backbone.strides.length;
    this.neck = new FeaturePyramid(backbone, {
      outChannels: fpnChannels,
      norm,
      extra: { kind: "pool", levels: extraLevels },
    });
    if (extraLevels < 0 || this.neck.strides.some((stride, i) => stride !== anchors.strides[i])) {
      throw new UserError(
        `anchors.strides: [${anchors.strides.join(", ")}] does not fit the backbone, whose maps have strides [${backbone.strides.join(", ")}]: start with these, then double`,
      );
    }
    this.rpn_head = new RpnHead(fpnChannels, anchorsPerPlace(anchors));
    this.roi_head = new RoiHead(new BoxHead({ ...roi, inChannels: fpnChannels, classes, norm }));
    this.settings = settings;
  }

  /**
   * The four losses of a batch, each a scalar.
   * @param images N x 3 x H x W, padded at the right and the bottom where sizes differ
   * @param sizes of each image without padding
   * @param key names this place of the run, e.g. [seed, iteration]; all sampling is drawn from it
   */
  forward(
    images: Tensor,
    sizes: readonly ImageSize[],
    truth: readonly GroundTruth[],
    key: readonly (number | string)[],
  ): FasterRcnnLosses {
    const { classes, rpn, roi } = this.settings;
    const { levels, anchors, predictions, proposals } = this.#firstStage(images, sizes, "train");
    const first = rpnLosses(predictions, anchors, truth, rpn, key);
    const pooledLevels = this.backbone.strides.length;
    const targets = sampleRegions(proposals, truth, { classes, levels: pooledLevels }, roi, key);
    const second =
      targets.labels.length === 0
        ? { classification: zeros([], { device: images.device }), box: zeros([], { device: images.device }) }
        : roiLosses(this.#predict(levels, targets.regions), targets, roi);
    return {
      lossRpnClassification: first.classification,
      lossRpnBox: first.box,
      lossClassification: second.classification,
      lossBox: second.box,
    };
  }

  /** What is found in each image, in pixels of the images given. Not differentiated. */
  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() =>
      tidy(() => {
        const { roi } = this.settings;
        const { levels, proposals } = this.#firstStage(images, sizes, "test");
        const { regions } = orderByLevel(proposals, this.backbone.strides.length, roi.finestScale);
        if (regions.images.length === 0) return sizes.map(() => noDetections());
        const { logits, deltas } = this.#predict(levels, regions);
        const scores = logits.softmax(1).slice(1, 0, this.settings.classes);
        const boxes = decodeBoxes(
          deltas,
          boxTensor(regions.boxes, images.device).unsqueeze(1),
          roi.boxWeights,
        );
        return selectDetections(scores, boxes, regions.images, sizes, roi);
      }),
    );
  }

  #firstStage(images: Tensor, sizes: readonly ImageSize[], mode: "train" | "test"): FirstStage {
    const levels = this.neck.forward(this.backbone.forward(images));
    const anchors = gridAnchors(mapSizes(levels), this.settings.anchors);
    const predictions = this.rpn_head.forward(levels);
    const proposals = rpnProposals(predictions, anchors, sizes, this.settings.rpn, mode);
    return { levels, anchors, predictions, proposals };
  }

  #predict(levels: readonly Tensor[], regions: Regions): BoxPredictions {
    const pooled = poolRegions(levels, this.backbone.strides, regions, this.settings.roi);
    return this.roi_head.bbox_head.forward(pooled);
  }
}

function noDetections(): Detections {
  return { boxes: new Float32Array(0), scores: new Float32Array(0), labels: new Int32Array(0) };
}
