import { parseOptions, requireInteger } from "@supernet/base";
import { conv2d } from "@supernet/nas";
import { fromTypedArray, nn, noGrad, type Tensor, tidy, zeros } from "@supernet/torch";
import { type Backbone, requireBackbone } from "../../backbones/backbone.js";
import type { Anchors } from "../boxes/anchors.js";
import { decodeDistances, encodeDistances } from "../boxes/box-coder.js";
import {
  type Boxes,
  boxTensor,
  type Detections,
  type GroundTruth,
  type ImageSize,
  indexTensor,
  joinBoxes,
  takeBoxes,
} from "../boxes/boxes.js";
import { splitMatches } from "../boxes/matcher.js";
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
import { bestOfLevels, flattenPredictions, mapSizes } from "../parts/dense-head.js";
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
import { focalLoss, giouLoss, SUM } from "../parts/losses.js";
import { selectPairs } from "../parts/select-detections.js";
import {
  type BranchFeatures,
  branchStages,
  type InferenceStage,
  runStages,
  stageKey,
} from "../parts/stages.js";
import { type FcosSettings, fcosSchema } from "./fcos.settings.js";
import { gridLocations, matchLocations } from "./locations.js";

/** Losses of FCOS, each a scalar. */
export interface FcosLosses extends Record<string, Tensor> {
  lossClassification: Tensor;
  lossBox: Tensor;
  lossCenterness: Tensor;
}

/** Predictions of the head for every location of every level. */
export interface FcosPredictions {
  /** [N, locations, classes] */
  readonly logits: Tensor;
  /** [N, locations, 4], distances to the sides of the box, in strides. See {@link encodeDistances}. */
  readonly distances: Tensor;
  /** [N, locations, 1], logits of the centerness. */
  readonly centerness: Tensor;
}

export interface FcosHeadOptions {
  readonly settings: FcosSettings["head"];
  readonly classes: number;
}

/** Head with two branches of convolutions, for classes and for boxes with their centerness, shared by all levels. */
export class FcosHead extends nn.Module {
  readonly cls_convs: ConvStack;
  readonly reg_convs: ConvStack;
  readonly conv_cls: nn.Layer;
  readonly conv_reg: nn.Layer;
  readonly conv_centerness: nn.Layer;
  readonly #classes: number;

  /** @param build returns the modules of {@link fcosHeadLayers}. Default: plain ones for the options. */
  constructor(inChannels: number, options: FcosHeadOptions, build?: ModuleBuilder) {
    super();
    const { settings, classes } = options;
    const { convs, norm, prior } = settings;
    const modules = build ?? plainModules(fcosHeadLayers(inChannels, options));
    const stack = (path: string) => new ConvStack(inChannels, { convs, norm }, modulesWithin(path, modules));
    this.cls_convs = stack("cls_convs");
    this.reg_convs = stack("reg_convs");
    this.conv_cls = modules("conv_cls");
    this.conv_reg = modules("conv_reg");
    this.conv_centerness = modules("conv_centerness");
    const weight = (tensor: nn.Parameter) => nn.init.normal(tensor, 0, 0.01);
    for (const conv of [...this.cls_convs, ...this.reg_convs].map(convOf)) weight(conv.weight);
    // Almost all locations are background. With an initial probability of 0.5, their loss would dominate.
    initWeighted(this.conv_cls, { weight, bias: Math.log(prior / (1 - prior)) });
    for (const conv of [this.conv_reg, this.conv_centerness]) initWeighted(conv, { weight });
    this.#classes = classes;
  }

  /** Sets the number of convolutions that run. */
  configure({ convs }: Pick<FcosSettings["head"], "convs">): void {
    this.cls_convs.depth = convs.length;
    this.reg_convs.depth = convs.length;
  }

  forward(levels: readonly Tensor[]): FcosPredictions {
    return this.predict({
      classes: levels.map((level) => this.cls_convs.forward(level)),
      boxes: levels.map((level) => this.reg_convs.forward(level)),
    });
  }

  /** Predicts from the outputs of the two branches' convolutions. */
  predict({ classes, boxes }: BranchFeatures): FcosPredictions {
    const logits = classes.map((x) => this.conv_cls.forward(x));
    const distances = boxes.map((x) => this.conv_reg.forward(x).relu());
    const centerness = boxes.map((x) => this.conv_centerness.forward(x));
    return {
      logits: flattenPredictions(logits, this.#classes),
      distances: flattenPredictions(distances, 4),
      centerness: flattenPredictions(centerness, 1),
    };
  }
}

/** Describes the layers of an {@link FcosHead}. */
export function fcosHeadLayers(inChannels: number, { settings, classes }: FcosHeadOptions): DetectorLayers {
  // A group-norm does not cancel a bias, because its groups have several channels. A batch-norm does.
  const stack = convStackLayers(inChannels, settings, { bias: settings.norm !== "batch" });
  const last = (values: number) => ({
    layer: conv2d(values, 3, { bias: true }),
    input: stackChannels(inChannels, settings),
    weights: weightsAfterStack(settings),
  });
  return {
    ...layersWithin("cls_convs", stack),
    ...layersWithin("reg_convs", stack),
    conv_cls: last(classes),
    conv_reg: last(4),
    conv_centerness: last(1),
  };
}

/**
 * Computes the losses of FCOS: the focal loss over all locations that are not ignored, and over the positive ones the
 * GIoU loss and the binary cross-entropy of the centerness. All are divided by the number of positives in the batch.
 */
export function fcosLosses(
  { logits, distances, centerness }: FcosPredictions,
  locations: Anchors,
  groundTruth: readonly GroundTruth[],
  settings: FcosSettings["head"],
): { classification: Tensor; box: Tensor; centerness: Tensor } {
  const { device } = logits;
  const [, perImage, classes] = logits.shape as [number, number, number];
  const positives: number[] = [];
  const negatives: number[] = [];
  const ones: number[] = [];
  const squares: Boxes[] = [];
  const trueBoxes: Boxes[] = [];
  for (const [image, truth] of groundTruth.entries()) {
    const matched = matchLocations(locations, truth, settings.radius);
    const { positive, negative } = splitMatches(matched);
    const matches = positive.map((i) => matched[i]!);
    for (const match of matches) ones.push(ones.length * classes + truth.labels[match]!);
    for (const i of positive) positives.push(image * perImage + i);
    for (const i of negative) negatives.push(image * perImage + i);
    squares.push(takeBoxes(locations.boxes, positive));
    trueBoxes.push(takeBoxes(truth.boxes, matches));
  }
  const rows = (predictions: Tensor, indices: readonly number[]) =>
    predictions.flatten(0, 1).indexSelect(0, indexTensor(Int32Array.from(indices), device));
  const learned = rows(logits, [...positives, ...negatives]);
  const targets = zeros([learned.numel], { device }).indexFill_(
    0,
    indexTensor(Int32Array.from(ones), device),
    1,
  );
  const references = joinBoxes(squares);
  const boxes = joinBoxes(trueBoxes);
  const centers = centernessOf(encodeDistances(boxes, references));
  const share = Math.max(1, positives.length);
  return {
    classification: focalLoss(learned, targets.reshape(learned.shape), settings.focal).div(share),
    box: giouLoss(
      decodeDistances(rows(distances, positives), boxTensor(references, device)),
      boxTensor(boxes, device),
    ).div(share),
    centerness: rows(centerness, positives)
      .squeeze(1)
      .binaryCrossEntropyWithLogits(
        fromTypedArray(centers, [centers.length], { device }),
        undefined,
        undefined,
        SUM,
      )
      .div(share),
  };
}

/** Computes the centerness of each location from its distances to the sides: 1 in the middle, 0 at a side. */
function centernessOf(distances: Float32Array): Float32Array {
  const balance = (i: number) =>
    Math.min(distances[i]!, distances[i + 2]!) / Math.max(distances[i]!, distances[i + 2]!);
  return Float32Array.from({ length: distances.length / 4 }, (_, i) =>
    Math.sqrt(balance(4 * i) * balance(4 * i + 1)),
  );
}

/**
 * Selects the best pairs of location and class of each level, and suppresses overlapping boxes of the same class. Their
 * score is the geometric mean of the probability of the class and the centerness.
 */
export function fcosDetections(
  { logits, distances, centerness }: FcosPredictions,
  locations: Anchors,
  sizes: readonly ImageSize[],
  settings: FcosSettings,
): Detections[] {
  const scores = logits.sigmoid().mul(centerness.sigmoid()).sqrt();
  const best = bestOfLevels(
    { logits: scores, deltas: distances },
    locations,
    settings.preNms,
    decodeDistances,
  );
  return selectPairs({ scores: best.logits, boxes: best.boxes, classes: best.classes }, sizes, settings);
}

/**
 * FCOS (https://arxiv.org/abs/1904.01355). Predicts at every location of every pyramid level the classes, the distances
 * to the four sides of the box, and how close the location is to the center of the box. It has no anchors.
 *
 * Fields with underscores are parameter names in the state dict, which are mmdet's. As in torchvision, the levels have
 * no learned scale, the centerness is computed by the branch for boxes, and the box loss is GIoU.
 *
 * @example
 * const detector = new Fcos(backbone, settings, classes);
 * const losses = detector.forward(images, sizes, groundTruth); // training
 * const detections = detector.eval().detect(images, sizes); // inference, one entry per image
 */
export class Fcos extends nn.Module implements ElasticDetector<FcosSettings> {
  readonly backbone: Backbone;
  readonly neck: FeaturePyramid;
  readonly bbox_head: FcosHead;
  settings: FcosSettings;

  /** @param build returns the modules of the layers. Default: plain ones for the settings. */
  constructor(backbone: Backbone, settings: FcosSettings, classes: number, build?: ModuleBuilder) {
    super();
    requireBackbone("Fcos: backbone", backbone);
    const { pyramid, head } = parseOptions("Fcos", fcosSchema, settings);
    requireInteger("Fcos: classes", classes, { min: 1 });
    const modules = build ?? plainModules(detectorLayers(sections, { maps: backbone, settings, classes }));
    this.backbone = backbone;
    this.neck = new FeaturePyramid(backbone, pyramid, modulesWithin("neck", modules));
    const options = { settings: head, classes };
    this.bbox_head = new FcosHead(pyramid.channels, options, modulesWithin("bbox_head", modules));
    this.settings = settings;
  }

  configure(settings: FcosSettings): void {
    this.settings = settings;
    this.neck.configure(settings.pyramid);
    this.bbox_head.configure(settings.head);
  }

  /** Computes the three losses over all locations, without sampling. See {@link Detector.forward}. */
  forward(
    images: Tensor,
    _sizes: readonly ImageSize[],
    groundTruth: readonly GroundTruth[],
    _rngKey?: readonly (number | string)[],
    distillation?: Distillation,
  ): FcosLosses {
    const { predictions, locations } = this.#predict(this.backbone.forward(images));
    const { logits, distances, centerness } = predictions;
    const outputs = { logits, boxes: distances, centerness };
    const levels = { strides: this.settings.pyramid.strides, counts: locations.counts };
    if (distillation?.teaches === false) {
      const learned = distillDense(outputs, levels, ...keptDense(distillation));
      return {
        lossClassification: learned.classification,
        lossBox: learned.box,
        lossCenterness: learned.centerness,
      };
    }
    distillation?.keep(outputs, levels);
    const losses = fcosLosses(predictions, locations, groundTruth, this.settings.head);
    return {
      lossClassification: losses.classification,
      lossBox: losses.box,
      lossCenterness: losses.centerness,
    };
  }

  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() => tidy(() => this.detectFromFeatures(this.backbone.forward(images), sizes)));
  }

  detectFromFeatures(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[] {
    return runStages(this.stages(), features, sizes);
  }

  stages(): readonly InferenceStage[] {
    const { conv_cls, conv_reg, conv_centerness } = this.bbox_head;
    return branchStages(this, this.settings).add({
      key: stageKey("detections"),
      modules: [conv_cls, conv_reg, conv_centerness],
      run: (features, sizes) => {
        const predictions = this.bbox_head.predict(features);
        return fcosDetections(predictions, this.#locations(features.classes), sizes, this.settings);
      },
    }).stages;
  }

  /** Runs the modules once. Their input does not depend on the detections. See {@link Detector.runWorstCase}. */
  runWorstCase(images: Tensor): void {
    noGrad(() => tidy(() => void this.#predict(this.backbone.forward(images))));
  }

  #predict(features: readonly Tensor[]): { predictions: FcosPredictions; locations: Anchors } {
    const levels = this.neck.forward(features);
    return { predictions: this.bbox_head.forward(levels), locations: this.#locations(levels) };
  }

  #locations(levels: readonly Tensor[]): Anchors {
    return gridLocations(mapSizes(levels), this.settings.pyramid.strides);
  }
}

/** Layers of an {@link Fcos} outside its backbone. */
const sections: readonly DetectorSection<FcosSettings>[] = [
  neckSection,
  {
    sizes: ["pyramid.channels", "head.convs.depth", "head.convs.width"],
    layers: (_, { pyramid, head }, classes) =>
      layersWithin("bbox_head", fcosHeadLayers(pyramid.channels, { settings: head, classes })),
  },
];

/** Describes the inference. */
function inference(maps: MapShapes, { pyramid, head }: FcosSettings): Operation[] {
  const { operations, levels } = pyramidInference("neck", maps, pyramid);
  const channels = head.convs.at(-1) ?? pyramid.channels;
  const heads = levels.flatMap(({ value, shape }) => {
    const stack = (branch: string) =>
      chain(
        head.convs.map((out, i) => ({ path: `bbox_head.${branch}_convs.${i}`, channels: out })),
        { reads: value, shape },
      );
    const [classes, boxes] = [stack("cls"), stack("reg")];
    const last = (path: string, after: readonly Operation[]): Operation => ({
      layer: `bbox_head.${path}`,
      reads: [after.at(-1)?.writes ?? value],
      writes: `${value}/${path}`,
      shape: [channels, ...shape.slice(1)],
    });
    return [
      ...classes,
      last("conv_cls", classes),
      ...boxes,
      last("conv_reg", boxes),
      last("conv_centerness", boxes),
    ];
  });
  return [...operations, ...heads];
}

/** Definition of FCOS. */
export const fcos = defineDetector({
  kind: "fcos",
  settings: fcosSchema,
  build: (backbone, settings, classes, modules) => new Fcos(backbone, settings, classes, modules),
  sections,
  inference,
});
