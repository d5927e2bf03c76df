import { Random } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { encodeMatches, PROPOSAL_WEIGHTS } from "../boxes/box-coder.js";
import { type Boxes, type GroundTruth, indexTensor, joinBoxes, takeBoxes } from "../boxes/boxes.js";
import { matchBoxes } from "../boxes/matcher.js";
import { sampleBalanced } from "../boxes/sampler.js";
import { ConvStack } from "../parts/conv-norm.js";
import { boxLoss } from "../parts/losses.js";
import type { BoxHeadSettings } from "./faster-rcnn.settings.js";
import { orderByLevel, type Regions } from "./regions.js";

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

/** Regions to learn from, and what is to be learned. */
export interface RoiTargets {
  readonly regions: Regions;
  /** The class of each region; the number of classes for background. */
  readonly labels: Int32Array;
  /** Box targets of each region, 4 numbers; 0 for background. */
  readonly deltas: Float32Array;
}

/**
 * Draws the regions to learn from: the proposals of each image with its ground truth added, matched, sampled.
 * @param rngKey chance is drawn from this alone: the same key samples the same regions
 */
export function sampleRegions(
  proposals: readonly Boxes[],
  groundTruth: readonly GroundTruth[],
  options: { readonly classes: number; readonly levels: number },
  settings: BoxHeadSettings,
  rngKey: readonly (number | string)[],
): RoiTargets {
  const sampled = groundTruth.map((truth, image) => {
    const real = [...truth.labels.keys()].filter((i) => truth.crowd[i] === 0);
    const boxes = joinBoxes([proposals[image]!, takeBoxes(truth.boxes, real)]);
    const matched = matchBoxes(boxes, truth, { ...settings, lowQuality: false });
    const { positive, negative } = sampleBalanced(matched, settings, Random.of(...rngKey, "roi", image));
    const labels = new Int32Array(positive.length + negative.length).fill(options.classes);
    for (const [i, place] of positive.entries()) labels[i] = truth.labels[matched[place]!]!;
    const deltas = new Float32Array(labels.length * 4);
    deltas.set(encodeMatches(positive, matched, truth.boxes, boxes, PROPOSAL_WEIGHTS));
    return { boxes: joinBoxes([takeBoxes(boxes, positive), takeBoxes(boxes, negative)]), labels, deltas };
  });
  const { regions, places } = orderByLevel(
    sampled.map((own) => own.boxes),
    options.levels,
    settings.finestScale,
  );
  const labels = sampled.flatMap((own) => [...own.labels]);
  return {
    regions,
    labels: places.map((place) => labels[place]!),
    deltas: takeBoxes(joinBoxes(sampled.map((own) => own.deltas)), places),
  };
}

/**
 * Losses of the box head: cross-entropy over the regions, and (smooth) L1 over the positive regions' boxes of
 * their own class, both divided by the number of regions of the batch.
 */
export function roiLosses(
  predictions: BoxPredictions,
  targets: RoiTargets,
  settings: BoxHeadSettings,
): { classification: Tensor; box: Tensor } {
  const { logits, deltas } = predictions;
  const classes = deltas.shape[1]!;
  const count = targets.labels.length;
  const positives = [...targets.labels.keys()].filter((i) => targets.labels[i]! < classes);
  const ofOwnClass = positives.map((i) => i * classes + targets.labels[i]!);
  const classification = logits.crossEntropyLoss(indexTensor(targets.labels, logits.device));
  const ownTargets = takeBoxes(targets.deltas, positives);
  const box = boxLoss(deltas, ofOwnClass, ownTargets, settings.smoothL1Beta).div(count);
  return { classification, box };
}
