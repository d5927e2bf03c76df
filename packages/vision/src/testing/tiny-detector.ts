// A detector as users would write one, with `defineDetector` and only public parts.
import { arange, nn, noGrad, type Tensor, tidy, zeros } from "@supernet/torch";
import { z } from "zod";
import {
  ANCHOR_WEIGHTS,
  type Anchors,
  anchorsPerPosition,
  type Backbone,
  bestOfLevels,
  boxLoss,
  buildConvNorm,
  type DensePredictions,
  type Detections,
  type Detector,
  defineDetector,
  encodeMatches,
  FeaturePyramid,
  flattenPredictions,
  focalLoss,
  type GroundTruth,
  gridAnchors,
  type ImageSize,
  indexTensor,
  mapSizes,
  matchBoxes,
  selectDetections,
  splitMatches,
} from "../index.js";

const settingsSchema = z.strictObject({
  strides: z.array(z.int().min(1)),
  channels: z.int().min(1),
  scoreThreshold: z.number(),
  detectionsPerImage: z.int().min(1),
});

export type TinyDetectorSettings = z.infer<typeof settingsSchema>;

const ANCHORS = { scales: [2, 3], ratios: [0.5, 1, 2] };
const MATCHING = { positiveIou: 0.5, negativeIou: 0.4, lowQualityIou: 0 };

/** Detector with one convolution on every pyramid level, and one layer each for classes and boxes. */
class TinyDetector extends nn.Module implements Detector {
  readonly backbone: Backbone;
  readonly neck: FeaturePyramid;
  readonly hidden: nn.Layer;
  readonly classifier: nn.Conv2d;
  readonly regressor: nn.Conv2d;
  readonly #settings: TinyDetectorSettings;
  readonly #classes: number;

  constructor(backbone: Backbone, settings: TinyDetectorSettings, classes: number) {
    super();
    const { strides, channels } = settings;
    this.backbone = backbone;
    this.neck = new FeaturePyramid(backbone, { strides, channels, norm: "none", extraLevels: "pool" });
    this.hidden = buildConvNorm(channels, 64, 3, { norm: "group" });
    this.classifier = new nn.Conv2d(64, anchorsPerPosition(ANCHORS) * classes, 1);
    this.regressor = new nn.Conv2d(64, anchorsPerPosition(ANCHORS) * 4, 1);
    nn.init.normal(this.classifier.weight, 0, 0.01);
    nn.init.constant(this.classifier.bias!, Math.log(0.01 / 0.99));
    nn.init.normal(this.regressor.weight, 0, 0.01);
    nn.init.constant(this.regressor.bias!, 0);
    this.#settings = settings;
    this.#classes = classes;
  }

  forward(images: Tensor, _sizes: readonly ImageSize[], groundTruth: readonly GroundTruth[]) {
    const { predictions, anchors } = this.#predict(this.backbone.forward(images));
    const { device } = images;
    const losses = groundTruth.map((truth, image) => {
      const matched = matchBoxes(anchors.boxes, truth, MATCHING);
      const { positive, negative } = splitMatches(matched);
      const learned = Int32Array.from([...positive, ...negative]);
      const ones = positive.map((anchor, row) => row * this.#classes + truth.labels[matched[anchor]!]!);
      const targets = zeros([learned.length * this.#classes], { device }).indexFill_(
        0,
        indexTensor(Int32Array.from(ones), device),
        1,
      );
      const logits = predictions.logits.select(0, image).indexSelect(0, indexTensor(learned, device));
      const matches = { chosen: positive, matched, trueBoxes: truth.boxes, references: anchors.boxes };
      const boxTargets = encodeMatches(matches, ANCHOR_WEIGHTS);
      const count = Math.max(1, positive.length) * groundTruth.length;
      return {
        classification: focalLoss(logits, targets.reshape(logits.shape), { gamma: 2, alpha: 0.25 }).div(
          count,
        ),
        box: boxLoss(predictions.deltas.select(0, image), {
          indices: positive,
          targets: boxTargets,
          beta: 0,
        }).div(count),
      };
    });
    return {
      lossClassification: losses.map((loss) => loss.classification).reduce((sum, loss) => sum.add(loss)),
      lossBox: losses.map((loss) => loss.box).reduce((sum, loss) => sum.add(loss)),
    };
  }

  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() => tidy(() => this.detectFromFeatures(this.backbone.forward(images), sizes)));
  }

  detectFromFeatures(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() =>
      tidy(() => {
        const { predictions, anchors } = this.#predict(features);
        const { logits, classes, boxes } = bestOfLevels(predictions, anchors, 100);
        const images = arange(0, sizes.length, 1, { device: logits.device }).unsqueeze(1);
        const candidates = { scores: logits.sigmoid(), boxes, images, labels: classes };
        const { scoreThreshold, detectionsPerImage } = this.#settings;
        return selectDetections(candidates, sizes, { scoreThreshold, nms: 0.5, detectionsPerImage });
      }),
    );
  }

  runWorstCase(images: Tensor): void {
    noGrad(() => tidy(() => void this.#predict(this.backbone.forward(images))));
  }

  #predict(features: readonly Tensor[]): { predictions: DensePredictions; anchors: Anchors } {
    const levels = this.neck.forward(features);
    const hidden = levels.map((level) => this.hidden.forward(level).relu_());
    const logits = hidden.map((x) => this.classifier.forward(x));
    const deltas = hidden.map((x) => this.regressor.forward(x));
    return {
      predictions: {
        logits: flattenPredictions(logits, this.#classes),
        deltas: flattenPredictions(deltas, 4),
      },
      anchors: gridAnchors(mapSizes(levels), this.#settings.strides, ANCHORS),
    };
  }
}

export const tinyDetector = defineDetector({
  kind: "tiny",
  settings: settingsSchema,
  build: (backbone, settings, classes) => new TinyDetector(backbone, settings, classes),
});

/** Settings that overfit two images in seconds. */
export const tinyDetectorSettings: TinyDetectorSettings = {
  strides: [8, 16, 32],
  channels: 16,
  scoreThreshold: 0.05,
  detectionsPerImage: 100,
};
