import { parseOptions, Random, requireInteger } from "@supernet/base";
import { linear } from "@supernet/nas";
import { nn, type Tensor } from "@supernet/torch";
import { encodeMatches, PROPOSAL_WEIGHTS } from "../boxes/box-coder.js";
import { type Boxes, type GroundTruth, indexTensor, joinBoxes, takeBoxes } from "../boxes/boxes.js";
import { matchBoxes } from "../boxes/matcher.js";
import { sampleBalanced } from "../boxes/sampler.js";
import {
  ConvStack,
  convStackLayers,
  initWeighted,
  stackChannels,
  weightsAfterStack,
} from "../parts/conv-norm.js";
import {
  type DetectorLayers,
  layersWithin,
  type ModuleBuilder,
  modulesWithin,
  plainModules,
} from "../parts/detector-layers.js";
import { boxLoss } from "../parts/losses.js";
import { type BoxHeadSettings, boxHeadSchema } from "./faster-rcnn.settings.js";
import { orderByLevel, type Regions } from "./regions.js";

/** Predictions of the box head. */
export interface BoxPredictions {
  /** [regions, classes + 1]. The background is last. */
  readonly logits: Tensor;
  /** [regions, classes, 4]. Each class has its own box. */
  readonly deltas: Tensor;
}

/**
 * Box head of convolutions and fully connected layers. Published heads have two fully connected layers
 * (https://arxiv.org/abs/1612.03144), or four convolutions and one fully connected layer ("4conv1fc",
 * https://arxiv.org/abs/1803.08494).
 */
export class BoxHead extends nn.Module {
  readonly shared_convs: ConvStack;
  readonly shared_fcs: nn.ModuleList<nn.Layer>;
  readonly fc_cls: nn.Layer;
  readonly fc_reg: nn.Layer;
  /** Number of shared fully connected layers that run. */
  #fcs: number;

  /** @param build returns the modules of {@link boxHeadLayers}. Default: plain ones for the settings. */
  constructor(inChannels: number, settings: BoxHeadSettings, classes: number, build?: ModuleBuilder) {
    super();
    requireInteger("BoxHead: inChannels", inChannels, { min: 1 });
    const { convs, norm, fcs } = parseOptions("BoxHead", boxHeadSchema, settings);
    requireInteger("BoxHead: classes", classes, { min: 1 });
    const modules = build ?? plainModules(boxHeadLayers(inChannels, settings, classes));
    this.shared_convs = new ConvStack(inChannels, { convs, norm }, modulesWithin("shared_convs", modules));
    this.shared_fcs = new nn.ModuleList(fcs.map((_, i) => modules(`shared_fcs.${i}`)));
    this.#fcs = fcs.length;
    this.fc_cls = modules("fc_cls");
    this.fc_reg = modules("fc_reg");
    for (const fc of this.shared_fcs) initWeighted(fc, { weight: nn.init.xavierUniform });
    initWeighted(this.fc_cls, { weight: (tensor) => nn.init.normal(tensor, 0, 0.01) });
    initWeighted(this.fc_reg, { weight: (tensor) => nn.init.normal(tensor, 0, 0.001) });
  }

  /** Sets the number of layers that run. */
  configure({ convs, fcs }: BoxHeadSettings): void {
    this.shared_convs.depth = convs.length;
    this.#fcs = fcs.length;
  }

  /** Predicts classes and boxes from pooled regions, [regions, inChannels, roiSize, roiSize]. */
  forward(pooled: Tensor): BoxPredictions {
    return this.predict(this.shared_convs.forward(pooled));
  }

  /** Predicts from the output of the convolutions. */
  predict(features: Tensor): BoxPredictions {
    let x = features.flatten(1);
    for (let i = 0; i < this.#fcs; i++) x = this.shared_fcs.at(i)!.forward(x).relu_();
    return { logits: this.fc_cls.forward(x), deltas: this.fc_reg.forward(x).reshape([x.shape[0]!, -1, 4]) };
  }
}

/** Describes the layers of a {@link BoxHead}. */
export function boxHeadLayers(
  inChannels: number,
  settings: BoxHeadSettings,
  classes: number,
): DetectorLayers {
  const { roiSize, fcs } = settings;
  const pooled = stackChannels(inChannels, settings) * roiSize * roiSize;
  const features = fcs.at(-1) ?? pooled;
  const weights = weightsAfterStack(settings);
  const hidden = fcs.map((width, i) => ({
    layer: linear(width),
    input: fcs[i - 1] ?? pooled,
    ...(i === 0 && { weights }),
  }));
  const last = (outputs: number) => ({
    layer: linear(outputs),
    input: features,
    weights: fcs.length === 0 ? weights : "hidden",
  });
  return {
    ...layersWithin("shared_convs", convStackLayers(inChannels, settings)),
    ...Object.fromEntries(hidden.map((layer, i) => [`shared_fcs.${i}`, layer])),
    fc_cls: last(classes + 1),
    fc_reg: last(classes * 4),
  };
}

/** Regions that train the box head, and their targets. */
export interface RegionTargets {
  /** Regions of each image, in no order of levels. */
  readonly sampled: readonly Boxes[];
  /** Index of each region of `regions` among those of `sampled`, counted over all images. */
  readonly order: Int32Array;
  readonly regions: Regions;
  /** Class of each region, or the number of classes for background. */
  readonly labels: Int32Array;
  /** Box targets, 4 numbers per region. They are 0 for background. */
  readonly deltas: Float32Array;
}

export interface RegionSamplingOptions {
  readonly classes: number;
  /** Number of pyramid levels that regions are pooled from. */
  readonly levels: number;
  readonly settings: BoxHeadSettings;
  /** Key that seeds all sampling. The same key samples the same regions. */
  readonly rngKey: readonly (number | string)[];
}

/** Adds the ground truth to each image's proposals, matches them, and samples the regions to train on. */
export function sampleRegions(
  proposals: readonly Boxes[],
  groundTruth: readonly GroundTruth[],
  { classes, levels, settings, rngKey }: RegionSamplingOptions,
): RegionTargets {
  const { positiveIou, negativeIou, samplesPerImage, positiveFraction } = settings;
  const sampled = groundTruth.map((truth, image) => {
    const real = [...truth.labels.keys()].filter((i) => truth.crowd[i] === 0);
    const boxes = joinBoxes([proposals[image]!, takeBoxes(truth.boxes, real)]);
    const matched = matchBoxes(boxes, truth, { positiveIou, negativeIou, lowQualityIou: null });
    const random = Random.of(...rngKey, "roi", image);
    const { positive, negative } = sampleBalanced(matched, { samplesPerImage, positiveFraction }, random);
    const labels = new Int32Array(positive.length + negative.length).fill(classes);
    for (const [i, box] of positive.entries()) labels[i] = truth.labels[matched[box]!]!;
    const deltas = new Float32Array(labels.length * 4);
    const matches = { chosen: positive, matched, trueBoxes: truth.boxes, references: boxes };
    deltas.set(encodeMatches(matches, PROPOSAL_WEIGHTS));
    return { boxes: joinBoxes([takeBoxes(boxes, positive), takeBoxes(boxes, negative)]), labels, deltas };
  });
  const boxes = sampled.map((each) => each.boxes);
  const { regions, order } = orderByLevel(boxes, levels, settings.finestScale);
  const labels = sampled.flatMap(({ labels }) => [...labels]);
  return {
    sampled: boxes,
    order,
    regions,
    labels: order.map((index) => labels[index]!),
    deltas: takeBoxes(joinBoxes(sampled.map(({ deltas }) => deltas)), order),
  };
}

/**
 * Computes the losses of the box head: cross-entropy over all regions, and smooth L1 over the boxes that positive
 * regions have for their class. Both are divided by the number of regions in the batch.
 */
export function boxHeadLosses(
  predictions: BoxPredictions,
  targets: Pick<RegionTargets, "labels" | "deltas">,
  settings: BoxHeadSettings,
): { classification: Tensor; box: Tensor } {
  const { logits, deltas } = predictions;
  const classes = deltas.shape[1]!;
  const count = targets.labels.length;
  const positives = [...targets.labels.keys()].filter((i) => targets.labels[i]! < classes);
  const boxesOfClass = positives.map((i) => i * classes + targets.labels[i]!);
  const classification = logits.crossEntropyLoss(indexTensor(targets.labels, logits.device));
  const box = boxLoss(deltas, {
    indices: boxesOfClass,
    targets: takeBoxes(targets.deltas, positives),
    beta: settings.smoothL1Beta,
  }).div(count);
  return { classification, box };
}

/** Outputs of the largest subnet's box head for some regions, which other subnets learn from. */
export interface BoxTeacher {
  readonly targets: Pick<RegionTargets, "sampled" | "order" | "labels">;
  /** [regions, classes + 1], in the order of `targets`. */
  readonly probabilities: Tensor;
  /** [regions, classes, 4], in the same order. */
  readonly deltas: Tensor;
}

/**
 * Computes the losses of a box head that learns from a teacher, for the same regions: cross-entropy with its
 * probabilities, and L1 to its boxes of the class of positive regions. Both are divided by the number of regions.
 * @param order index of each region of the predictions among those of `teacher.targets.sampled`
 */
export function distillBoxHead(
  { logits, deltas }: BoxPredictions,
  order: Int32Array,
  { targets, probabilities, deltas: taught }: BoxTeacher,
): { classification: Tensor; box: Tensor } {
  const { device } = logits;
  const classes = deltas.shape[1]!;
  const rowOf = new Int32Array(order.length);
  for (const [row, index] of targets.order.entries()) rowOf[index] = row;
  const rows = order.map((index) => rowOf[index]!);
  const positives = [...rows.keys()].filter((i) => targets.labels[rows[i]!]! < classes);
  const boxesOf = (tensor: Tensor, row: (i: number) => number) =>
    tensor.reshape([-1, 4]).indexSelect(
      0,
      indexTensor(
        Int32Array.from(positives, (i) => row(i) * classes + targets.labels[rows[i]!]!),
        device,
      ),
    );
  const own = boxesOf(deltas, (i) => i);
  const other = boxesOf(taught, (i) => rows[i]!);
  return {
    classification: nn.crossEntropy(logits, probabilities.indexSelect(0, indexTensor(rows, device))),
    box: own.sub(other).abs().sum().div(order.length),
  };
}
