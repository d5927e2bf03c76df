import { arange, nn, noGrad, type Tensor, tidy, zeros } from "@supernet/torch";
import { type Anchors, anchorsPerPlace, gridAnchors } from "./anchors.js";
import type { Backbone } from "./backbone.js";
import { decodeBoxes, PROPOSAL_WEIGHTS } from "./box-coder.js";
import { BoxHead, type BoxPredictions } from "./box-head.js";
import {
  type Boxes,
  boxTensor,
  type Detections,
  type GroundTruth,
  type ImageSize,
  indexTensor,
} from "./boxes.js";
import { type DensePredictions, mapSizes } from "./dense-head.js";
import { selectDetections } from "./detections.js";
import type { Detector } from "./detector.js";
import type { FasterRcnnSettings } from "./faster-rcnn.settings.js";
import { FeaturePyramid } from "./fpn.js";
import { orderByLevel, poolRegions, type Regions } from "./regions.js";
import { roiLosses, sampleRegions } from "./roi.js";
import { RpnHead, rpnProposals } from "./rpn.js";
import { rpnLosses } from "./rpn-losses.js";

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
  readonly predictions: DensePredictions;
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
  readonly #classes: number;

  constructor(backbone: Backbone, settings: FasterRcnnSettings, classes: number) {
    super();
    const { pyramid, anchors, head } = settings;
    this.backbone = backbone;
    this.neck = new FeaturePyramid(backbone, pyramid);
    this.rpn_head = new RpnHead(pyramid.channels, anchorsPerPlace(anchors));
    this.roi_head = new RoiHead(new BoxHead(pyramid.channels, head, classes));
    this.settings = settings;
    this.#classes = classes;
  }

  /** Its four losses. See {@link Detector.forward}. */
  forward(
    images: Tensor,
    sizes: readonly ImageSize[],
    truth: readonly GroundTruth[],
    key: readonly (number | string)[],
  ): FasterRcnnLosses {
    const { rpn, head } = this.settings;
    const { levels, anchors, predictions } = this.#firstStage(this.backbone.forward(images));
    const proposals = rpnProposals(predictions, anchors, sizes, rpn, "train");
    const first = rpnLosses(predictions, anchors, truth, rpn, key);
    const options = { classes: this.#classes, levels: this.#pooledLevels };
    const targets = sampleRegions(proposals, truth, options, head, key);
    const second =
      targets.labels.length === 0
        ? { classification: zeros([], { device: images.device }), box: zeros([], { device: images.device }) }
        : roiLosses(this.#predict(levels, targets.regions), targets, head);
    return {
      lossRpnClassification: first.classification,
      lossRpnBox: first.box,
      lossClassification: second.classification,
      lossBox: second.box,
    };
  }

  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() => tidy(() => this.detectIn(this.backbone.forward(images), sizes)));
  }

  detectIn(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() =>
      tidy(() => {
        const { levels, anchors, predictions } = this.#firstStage(features);
        const proposals = rpnProposals(predictions, anchors, sizes, this.settings.rpn, "test");
        const regions = this.#regions(proposals);
        if (regions.images.length === 0) return sizes.map(noDetections);
        const { logits, deltas } = this.#predict(levels, regions);
        const { device } = logits;
        const candidates = {
          scores: logits.softmax(1).slice(1, 0, this.#classes),
          boxes: decodeBoxes(deltas, boxTensor(regions.boxes, device).unsqueeze(1), PROPOSAL_WEIGHTS),
          images: indexTensor(regions.images, device).unsqueeze(1),
          labels: arange(0, this.#classes, 1, { device }),
        };
        return selectDetections(candidates, sizes, this.settings);
      }),
    );
  }

  /** Every image has as many proposals as it can, and each is the whole image. See {@link Detector.workload}. */
  workload(images: Tensor): void {
    noGrad(() =>
      tidy(() => {
        const { preNms, postNms } = this.settings.rpn;
        const { levels, anchors } = this.#firstStage(this.backbone.forward(images));
        const candidates = anchors.counts.reduce((sum, count) => sum + Math.min(count, preNms.test), 0);
        const [count, , height, width] = images.shape as [number, number, number, number];
        const most = Array.from({ length: Math.min(candidates, postNms.test) }, () => [0, 0, width, height]);
        const proposals = Array.from({ length: count }, () => Float32Array.from(most.flat()));
        this.#predict(levels, this.#regions(proposals));
      }),
    );
  }

  #firstStage(features: readonly Tensor[]): FirstStage {
    const { anchors, pyramid } = this.settings;
    const levels = this.neck.forward(features);
    return {
      levels,
      anchors: gridAnchors(mapSizes(levels), pyramid.strides, anchors),
      predictions: this.rpn_head.forward(levels),
    };
  }

  /** Regions are read from the levels that the backbone has a map for. */
  get #pooledLevels(): number {
    return this.neck.lateral_convs.length;
  }

  #regions(proposals: readonly Boxes[]): Regions {
    return orderByLevel(proposals, this.#pooledLevels, this.settings.head.finestScale).regions;
  }

  #predict(levels: readonly Tensor[], regions: Regions): BoxPredictions {
    const { head, pyramid } = this.settings;
    return this.roi_head.bbox_head.forward(poolRegions(levels, pyramid.strides, regions, head));
  }
}

function noDetections(): Detections {
  return { boxes: new Float32Array(0), scores: new Float32Array(0), labels: new Int32Array(0) };
}
