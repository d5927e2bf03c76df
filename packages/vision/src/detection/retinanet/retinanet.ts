import { parseOptions, requireInteger } from "@supernet/base";
import { conv2d } from "@supernet/nas";
import { nn, noGrad, type Tensor, tidy, zeros } from "@supernet/torch";
import { type Backbone, requireBackbone } from "../../backbones/backbone.js";
import { type Anchors, anchorsPerPosition, gridAnchors } from "../boxes/anchors.js";
import { ANCHOR_WEIGHTS, encodeMatches } from "../boxes/box-coder.js";
import { type Detections, type GroundTruth, type ImageSize, indexTensor } from "../boxes/boxes.js";
import { matchBoxes, splitMatches } from "../boxes/matcher.js";
import {
  type DetectorSection,
  defineDetector,
  detectorLayers,
  type ElasticDetector,
  type MapShapes,
} from "../detector.js";
import {
  ConvStack,
  convOf,
  convStackLayers,
  initWeighted,
  stackChannels,
  weightsAfterStack,
} from "../parts/conv-norm.js";
import { bestOfLevels, type DensePredictions, flattenPredictions, mapSizes } from "../parts/dense-head.js";
import {
  type DetectorLayers,
  layersWithin,
  type ModuleBuilder,
  modulesWithin,
  plainModules,
} from "../parts/detector-layers.js";
import { type Distillation, distillDense, keptDense } from "../parts/distillation.js";
import { FeaturePyramid, neckSection, pyramidInference } from "../parts/feature-pyramid.js";
import { chain, type Operation } from "../parts/inference.js";
import { boxLoss, focalLoss } from "../parts/losses.js";
import { selectPairs } from "../parts/select-detections.js";
import {
  type BranchFeatures,
  branchStages,
  type InferenceStage,
  runStages,
  stageKey,
} from "../parts/stages.js";
import { type RetinaNetSettings, retinaNetSchema } from "./retinanet.settings.js";

/** Losses of RetinaNet, each a scalar. */
export interface RetinaNetLosses extends Record<string, Tensor> {
  lossClassification: Tensor;
  lossBox: Tensor;
}

export interface RetinaHeadOptions {
  readonly settings: RetinaNetSettings["head"];
  readonly anchorsPerPosition: number;
  readonly classes: number;
}

/** Head with two branches of convolutions, for classes and for boxes, shared by all levels. */
export class RetinaHead extends nn.Module {
  readonly cls_convs: ConvStack;
  readonly reg_convs: ConvStack;
  readonly retina_cls: nn.Layer;
  readonly retina_reg: nn.Layer;
  readonly #classes: number;

  /** @param build returns the modules of {@link retinaHeadLayers}. Default: plain ones for the options. */
  constructor(inChannels: number, options: RetinaHeadOptions, build?: ModuleBuilder) {
    super();
    const { settings, classes } = options;
    const { convs, norm, prior } = settings;
    const modules = build ?? plainModules(retinaHeadLayers(inChannels, options));
    const stack = (path: string) => new ConvStack(inChannels, { convs, norm }, modulesWithin(path, modules));
    this.cls_convs = stack("cls_convs");
    this.reg_convs = stack("reg_convs");
    this.retina_cls = modules("retina_cls");
    this.retina_reg = modules("retina_reg");
    const weight = (tensor: nn.Parameter) => nn.init.normal(tensor, 0, 0.01);
    for (const conv of [...this.cls_convs, ...this.reg_convs].map(convOf)) weight(conv.weight);
    // Almost all anchors are background. With an initial score of 0.5, their loss would dominate.
    initWeighted(this.retina_cls, { weight, bias: Math.log(prior / (1 - prior)) });
    initWeighted(this.retina_reg, { weight });
    this.#classes = classes;
  }

  /** Sets the number of convolutions that run. */
  configure({ convs }: Pick<RetinaNetSettings["head"], "convs">): void {
    this.cls_convs.depth = convs.length;
    this.reg_convs.depth = convs.length;
  }

  forward(levels: readonly Tensor[]): DensePredictions {
    return this.predict({
      classes: levels.map((level) => this.cls_convs.forward(level)),
      boxes: levels.map((level) => this.reg_convs.forward(level)),
    });
  }

  /** Predicts from the outputs of the two branches' convolutions. */
  predict({ classes, boxes }: BranchFeatures): DensePredictions {
    const logits = classes.map((x) => this.retina_cls.forward(x));
    const deltas = boxes.map((x) => this.retina_reg.forward(x));
    return { logits: flattenPredictions(logits, this.#classes), deltas: flattenPredictions(deltas, 4) };
  }
}

/** Describes the layers of a {@link RetinaHead}. */
export function retinaHeadLayers(
  inChannels: number,
  { settings, anchorsPerPosition, classes }: RetinaHeadOptions,
): DetectorLayers {
  const stack = convStackLayers(inChannels, settings);
  const last = (values: number) => ({
    layer: conv2d(anchorsPerPosition * values, 3, { bias: true }),
    input: stackChannels(inChannels, settings),
    weights: weightsAfterStack(settings),
  });
  return {
    ...layersWithin("cls_convs", stack),
    ...layersWithin("reg_convs", stack),
    retina_cls: last(classes),
    retina_reg: last(4),
  };
}

/**
 * Computes the losses of RetinaNet: the focal loss over all anchors that are not ignored, and smooth L1 over the
 * positive ones. Both are divided by the number of positives in the image, and averaged over the images.
 */
export function retinaLosses(
  { logits, deltas }: DensePredictions,
  anchors: Anchors,
  groundTruth: readonly GroundTruth[],
  settings: RetinaNetSettings["head"],
): { classification: Tensor; box: Tensor } {
  const { positiveIou, negativeIou } = settings;
  const device = logits.device;
  const classes = logits.shape[2]!;
  const images = groundTruth.map((truth, image) => {
    const matched = matchBoxes(anchors.boxes, truth, { positiveIou, negativeIou, lowQualityIou: 0 });
    const { positive, negative } = splitMatches(matched);
    const learned = Int32Array.from([...positive, ...negative]);
    const ones = Int32Array.from(positive, (anchor, row) => row * classes + truth.labels[matched[anchor]!]!);
    const targets = zeros([learned.length * classes], { device }).indexFill_(0, indexTensor(ones, device), 1);
    const rows = logits.select(0, image).indexSelect(0, indexTensor(learned, device));
    const matches = { chosen: positive, matched, trueBoxes: truth.boxes, references: anchors.boxes };
    const boxTargets = encodeMatches(matches, ANCHOR_WEIGHTS);
    const share = Math.max(1, positive.length) * groundTruth.length;
    return {
      classification: focalLoss(rows, targets.reshape(rows.shape), settings.focal).div(share),
      box: boxLoss(deltas.select(0, image), {
        indices: positive,
        targets: boxTargets,
        beta: settings.smoothL1Beta,
      }).div(share),
    };
  });
  return {
    classification: images.map((losses) => losses.classification).reduce((sum, loss) => sum.add(loss)),
    box: images.map((losses) => losses.box).reduce((sum, loss) => sum.add(loss)),
  };
}

/** Selects the best pairs of anchor and class of each level, and suppresses overlapping boxes of the same class. */
export function retinaDetections(
  predictions: DensePredictions,
  anchors: Anchors,
  sizes: readonly ImageSize[],
  settings: RetinaNetSettings,
): Detections[] {
  const { logits, classes, boxes } = bestOfLevels(predictions, anchors, settings.preNms);
  return selectPairs({ scores: logits.sigmoid(), boxes, classes }, sizes, settings);
}

/**
 * RetinaNet (https://arxiv.org/abs/1708.02002). Classifies and refines every anchor of every pyramid level in one pass,
 * with a loss that gives little weight to easy background.
 *
 * Fields with underscores are parameter names in the state dict, which are mmdet's.
 *
 * @example
 * const detector = new RetinaNet(backbone, settings, classes);
 * const losses = detector.forward(images, sizes, groundTruth); // training
 * const detections = detector.eval().detect(images, sizes); // inference, one entry per image
 */
export class RetinaNet extends nn.Module implements ElasticDetector<RetinaNetSettings> {
  readonly backbone: Backbone;
  readonly neck: FeaturePyramid;
  readonly bbox_head: RetinaHead;
  settings: RetinaNetSettings;

  /** @param build returns the modules of the layers. Default: plain ones for the settings. */
  constructor(backbone: Backbone, settings: RetinaNetSettings, classes: number, build?: ModuleBuilder) {
    super();
    requireBackbone("RetinaNet: backbone", backbone);
    const { pyramid } = parseOptions("RetinaNet", retinaNetSchema, settings);
    requireInteger("RetinaNet: classes", classes, { min: 1 });
    const modules = build ?? plainModules(detectorLayers(sections, { maps: backbone, settings, classes }));
    this.backbone = backbone;
    this.neck = new FeaturePyramid(backbone, pyramid, modulesWithin("neck", modules));
    this.bbox_head = new RetinaHead(
      pyramid.channels,
      headOptions(settings, classes),
      modulesWithin("bbox_head", modules),
    );
    this.settings = settings;
  }

  configure(settings: RetinaNetSettings): void {
    this.settings = settings;
    this.neck.configure(settings.pyramid);
    this.bbox_head.configure(settings.head);
  }

  /** Computes the two losses over all anchors, without sampling. See {@link Detector.forward}. */
  forward(
    images: Tensor,
    _sizes: readonly ImageSize[],
    groundTruth: readonly GroundTruth[],
    _rngKey?: readonly (number | string)[],
    distillation?: Distillation,
  ): RetinaNetLosses {
    const { predictions, anchors } = this.#predict(this.backbone.forward(images));
    const outputs = { logits: predictions.logits, boxes: predictions.deltas };
    const levels = { strides: this.settings.pyramid.strides, counts: anchors.counts };
    if (distillation?.teaches === false) {
      const { classification, box } = distillDense(outputs, levels, ...keptDense(distillation));
      return { lossClassification: classification, lossBox: box };
    }
    distillation?.keep(outputs, levels);
    const { classification, box } = retinaLosses(predictions, anchors, groundTruth, this.settings.head);
    return { lossClassification: classification, lossBox: box };
  }

  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() => tidy(() => this.detectFromFeatures(this.backbone.forward(images), sizes)));
  }

  detectFromFeatures(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[] {
    return runStages(this.stages(), features, sizes);
  }

  stages(): readonly InferenceStage[] {
    const { retina_cls, retina_reg } = this.bbox_head;
    return branchStages(this, this.settings).add({
      key: stageKey("detections"),
      modules: [retina_cls, retina_reg],
      run: (features, sizes) => {
        const predictions = this.bbox_head.predict(features);
        return retinaDetections(predictions, this.#anchors(features.classes), sizes, this.settings);
      },
    }).stages;
  }

  /** Runs the modules once. Their input does not depend on the detections. See {@link Detector.runWorstCase}. */
  runWorstCase(images: Tensor): void {
    noGrad(() => tidy(() => void this.#predict(this.backbone.forward(images))));
  }

  #predict(features: readonly Tensor[]): { predictions: DensePredictions; anchors: Anchors } {
    const levels = this.neck.forward(features);
    return { predictions: this.bbox_head.forward(levels), anchors: this.#anchors(levels) };
  }

  #anchors(levels: readonly Tensor[]): Anchors {
    const { pyramid, anchors } = this.settings;
    return gridAnchors(mapSizes(levels), pyramid.strides, anchors);
  }
}

const headOptions = ({ anchors, head }: RetinaNetSettings, classes: number): RetinaHeadOptions => ({
  settings: head,
  anchorsPerPosition: anchorsPerPosition(anchors),
  classes,
});

/** Layers of a {@link RetinaNet} outside its backbone. */
const sections: readonly DetectorSection<RetinaNetSettings>[] = [
  neckSection,
  {
    sizes: ["pyramid.channels", "head.convs.depth", "head.convs.width"],
    layers: (_, settings, classes) =>
      layersWithin("bbox_head", retinaHeadLayers(settings.pyramid.channels, headOptions(settings, classes))),
  },
];

/** Describes the inference. */
function inference(maps: MapShapes, { pyramid, head }: RetinaNetSettings): Operation[] {
  const { operations, levels } = pyramidInference("neck", maps, pyramid);
  const heads = levels.flatMap(({ value, shape }) =>
    ["cls", "reg"].flatMap((branch) =>
      chain(
        [
          ...head.convs.map((channels, i) => ({ path: `bbox_head.${branch}_convs.${i}`, channels })),
          { path: `bbox_head.retina_${branch}`, channels: 0 },
        ],
        { reads: value, shape },
      ),
    ),
  );
  return [...operations, ...heads];
}

/** Definition of RetinaNet. */
export const retinaNet = defineDetector({
  kind: "retinanet",
  settings: retinaNetSchema,
  build: (backbone, settings, classes, modules) => new RetinaNet(backbone, settings, classes, modules),
  sections,
  inference,
});
