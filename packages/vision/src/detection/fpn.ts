import { nn, ops, type Tensor } from "@supernet/torch";
import { ConvNorm, type NormKind } from "./conv-norm.js";

export interface FeaturePyramidOptions {
  readonly outChannels: number;
  readonly norm: NormKind;
  /** The first of the backbone's maps that is used; 0 for Faster R-CNN, 1 (stride 8) for RetinaNet. */
  readonly firstMap?: number;
  /**
   * Levels above the backbone's last, each with twice the stride: `pool` takes every second place of the
   * level below (Faster R-CNN), `conv` strided 3x3 convolutions that start from the backbone's last map
   * (RetinaNet).
   */
  readonly extra: { readonly kind: "pool" | "conv"; readonly levels: number };
}

/**
 * Feature pyramid network (Lin et al., 2017) with normalised convolutions: 1x1 laterals, a top-down path by
 * nearest-neighbour upsampling and addition, a 3x3 convolution on each level, and extra levels at the top.
 */
export class FeaturePyramid extends nn.Module {
  readonly lateral_convs: nn.ModuleList<ConvNorm>;
  /** One for each lateral, followed by the extra levels' where these are convolutions. */
  readonly fpn_convs: nn.ModuleList<ConvNorm>;
  readonly outChannels: number;
  /** Stride of every level that comes out. */
  readonly strides: readonly number[];
  readonly #options: FeaturePyramidOptions;
  readonly #firstMap: number;

  constructor(
    input: { readonly outChannels: readonly number[]; readonly strides: readonly number[] },
    options: FeaturePyramidOptions,
  ) {
    super();
    const { outChannels, norm, firstMap = 0, extra } = options;
    const inChannels = input.outChannels.slice(firstMap);
    this.lateral_convs = new nn.ModuleList(inChannels.map((c) => new ConvNorm(c, outChannels, 1, { norm })));
    const convs = inChannels.map(() => new ConvNorm(outChannels, outChannels, 3, { norm }));
    if (extra.kind === "conv") {
      for (let i = 0; i < extra.levels; i++) {
        convs.push(
          new ConvNorm(i === 0 ? inChannels.at(-1)! : outChannels, outChannels, 3, { norm, stride: 2 }),
        );
      }
    }
    this.fpn_convs = new nn.ModuleList(convs);
    this.outChannels = outChannels;
    const top = input.strides.at(-1)!;
    const extraStrides = Array.from({ length: extra.levels }, (_, i) => top * 2 ** (i + 1));
    this.strides = [...input.strides.slice(firstMap), ...extraStrides];
    this.#options = options;
    this.#firstMap = firstMap;
  }

  /** The backbone's maps to one N x outChannels x H x W map for each of `strides`. */
  forward(features: readonly Tensor[]): Tensor[] {
    const laterals = [...this.lateral_convs].map((conv, i) => conv.forward(features[this.#firstMap + i]!));
    for (let i = laterals.length - 2; i >= 0; i--) {
      const lateral = laterals[i]!;
      const [height, width] = lateral.shape.slice(2) as [number, number];
      laterals[i] = lateral.add(ops.upsampleNearest2d(laterals[i + 1]!, [height, width]));
    }
    const convs = [...this.fpn_convs];
    const levels = laterals.map((lateral, i) => convs[i]!.forward(lateral));
    return [...levels, ...this.#extraLevels(levels.at(-1)!, features.at(-1)!, convs.slice(levels.length))];
  }

  #extraLevels(lastLevel: Tensor, lastMap: Tensor, convs: readonly ConvNorm[]): Tensor[] {
    const levels: Tensor[] = [];
    for (let i = 0; i < this.#options.extra.levels; i++) {
      const below = levels.at(-1);
      if (this.#options.extra.kind === "pool") {
        levels.push(ops.maxPool2d(below ?? lastLevel, [1, 1], [2, 2]));
      } else {
        levels.push(convs[i]!.forward(below?.relu() ?? lastMap));
      }
    }
    return levels;
  }
}
