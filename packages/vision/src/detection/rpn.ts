import { nn, noGrad, ops, type Tensor } from "@supernet/torch";
import type { Anchors } from "./anchors.js";
import { type BoxWeights, decodeBoxes } from "./box-coder.js";
import {
  type Boxes,
  boxesAtLeast,
  boxTensor,
  clipBoxes,
  type ImageSize,
  indexTensor,
  limitTensor,
  takeBoxes,
} from "./boxes.js";
import { flattenPredictions } from "./dense-head.js";
import type { MatchSettings } from "./matcher.js";
import type { SampleSettings } from "./sampler.js";

/** A number for training and one for inference. */
export interface ByMode {
  readonly train: number;
  readonly test: number;
}

export interface RpnSettings extends MatchSettings, SampleSettings {
  readonly boxWeights: BoxWeights;
  /** Best anchors of each level of an image that enter non-maximum suppression. */
  readonly preNmsTopN: ByMode;
  /** Proposals of an image that are kept, all levels together. */
  readonly postNmsTopN: ByMode;
  readonly nmsIou: number;
  /** Where the box loss turns from quadratic to linear, in deltas; 0 for the plain L1 loss. */
  readonly smoothL1Beta: number;
}

export interface RpnPredictions {
  /** N x anchors: the logit that an anchor holds an object. */
  readonly logits: Tensor;
  /** N x anchors x 4: box deltas, see box-coder. */
  readonly deltas: Tensor;
}

/** Proposals smaller than this on a side, in pixels, are dropped. */
const SMALLEST_SIDE = 1e-3;

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

  forward(levels: readonly Tensor[]): RpnPredictions {
    const hidden = levels.map((level) => this.rpn_conv.forward(level).relu_());
    const logits = flattenPredictions(
      hidden.map((x) => this.rpn_cls.forward(x)),
      1,
    );
    const deltas = flattenPredictions(
      hidden.map((x) => this.rpn_reg.forward(x)),
      4,
    );
    return { logits: logits.squeeze(-1), deltas };
  }
}

/**
 * Turns predictions into proposals: the best of each level, decoded, clipped to the image, suppressed within
 * their level, the best of what is left. Not differentiated.
 * @returns the proposals of each image, best first
 */
export function rpnProposals(
  predictions: RpnPredictions,
  anchors: Anchors,
  sizes: readonly ImageSize[],
  settings: RpnSettings,
  mode: keyof ByMode,
): Boxes[] {
  return noGrad(() => {
    const { logits, deltas } = predictions;
    const device = logits.device;
    const images = sizes.length;
    const chosen: { scores: Tensor; places: Tensor }[] = [];
    let first = 0;
    for (const count of anchors.counts) {
      const [scores, places] = logits
        .slice(1, first, first + count)
        .topk(Math.min(count, settings.preNmsTopN[mode]), 1);
      chosen.push({ scores, places: places.add(first) });
      first += count;
    }
    const scores = ops.cat(
      chosen.map((level) => level.scores),
      1,
    );
    const places = ops.cat(
      chosen.map((level) => level.places),
      1,
    );
    const perImage = places.shape[1]!;
    const references = boxTensor(anchors.boxes, device)
      .indexSelect(0, places.reshape([-1]))
      .reshape([images, perImage, 4]);
    const picked = deltas.gather(1, places.unsqueeze(-1).expand([images, perImage, 4]));
    const decoded = decodeBoxes(picked, references, settings.boxWeights);
    const boxes = clipBoxes(decoded, limitTensor(sizes, device).unsqueeze(1)).reshape([-1, 4]);

    const large = boxesAtLeast(boxes, SMALLEST_SIDE).nonzero().squeeze(1);
    const groups = imageLevelGroups(
      images,
      chosen.map((level) => level.places.shape[1]!),
      device,
    );
    const kept = ops.batchedNms(
      boxes.indexSelect(0, large),
      scores.reshape([-1]).indexSelect(0, large),
      groups.indexSelect(0, large),
      settings.nmsIou,
    );
    const survivors = large.indexSelect(0, kept);
    return splitByImage(
      boxes.indexSelect(0, survivors).toTypedArray() as Float32Array,
      survivors.div(perImage, { roundingMode: "floor" }).to({ dtype: "int32" }).toTypedArray() as Int32Array,
      images,
      settings.postNmsTopN[mode],
    );
  });
}

/** One number for each pair of image and level, for every candidate: images * candidates, int64. */
function imageLevelGroups(images: number, counts: readonly number[], device: string): Tensor {
  const ofLevel = counts.flatMap((count, level) => new Array<number>(count).fill(level));
  const groups = new Int32Array(images * ofLevel.length);
  for (let i = 0; i < groups.length; i++) {
    groups[i] = Math.floor(i / ofLevel.length) * counts.length + ofLevel[i % ofLevel.length]!;
  }
  return indexTensor(groups, device);
}

/** Deals boxes, best first, out to their images, at most `most` to each. */
function splitByImage(boxes: Boxes, imageOf: Int32Array, images: number, most: number): Boxes[] {
  const places = Array.from({ length: images }, (): number[] => []);
  for (const [i, image] of imageOf.entries()) {
    if (places[image]!.length < most) places[image]!.push(i);
  }
  return places.map((own) => takeBoxes(boxes, own));
}
