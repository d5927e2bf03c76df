import { parseOptions, UserError } from "@supernet/base";
import { nn, ops, type Tensor } from "@supernet/torch";
import { type Backbone, requireMaps } from "../../backbones/backbone.js";
import { type PyramidSettings, pyramidSchema } from "../common.settings.js";
import { ConvNorm } from "./conv-norm.js";

/**
 * Feature pyramid network (Lin et al., 2017): 1x1 laterals, a top-down path by nearest-neighbour upsampling and
 * addition, a 3x3 convolution on each level, and extra levels at the top.
 */
export class FeaturePyramid extends nn.Module {
  readonly lateral_convs: nn.ModuleList<ConvNorm>;
  /** One for each lateral, followed by the extra levels' where these are convolutions. */
  readonly fpn_convs: nn.ModuleList<ConvNorm>;
  readonly settings: PyramidSettings;
  /** The first of the backbone's maps that is used. */
  readonly #firstMap: number;

  /** @throws UserError where the strides are not those of the backbone's maps from one on, then doubling */
  constructor(backbone: Pick<Backbone, "outChannels" | "strides">, settings: PyramidSettings) {
    super();
    requireMaps("FeaturePyramid: backbone", backbone);
    const { strides, channels, norm, extraLevels } = parseOptions("FeaturePyramid", pyramidSchema, settings);
    this.#firstMap = findFirstMap(strides, backbone.strides);
    const maps = backbone.outChannels.slice(this.#firstMap);
    this.lateral_convs = new nn.ModuleList(maps.map((c) => new ConvNorm(c, channels, 1, { norm })));
    this.fpn_convs = new nn.ModuleList(maps.map(() => new ConvNorm(channels, channels, 3, { norm })));
    if (extraLevels !== "pool") {
      for (let level = maps.length; level < strides.length; level++) {
        const first = level === maps.length && extraLevels === "conv-on-input";
        this.fpn_convs.push(new ConvNorm(first ? maps.at(-1)! : channels, channels, 3, { norm, stride: 2 }));
      }
    }
    this.settings = settings;
  }

  /** The backbone's maps to one N x channels x H x W map for each of the settings' strides. */
  forward(features: readonly Tensor[]): Tensor[] {
    const laterals = Array.from(this.lateral_convs, (conv, i) => conv.forward(features[this.#firstMap + i]!));
    for (let i = laterals.length - 2; i >= 0; i--) {
      const lateral = laterals[i]!;
      const [height, width] = lateral.shape.slice(2) as [number, number];
      laterals[i] = lateral.add(ops.upsampleNearest2d(laterals[i + 1]!, [height, width]));
    }
    const levels = laterals.map((lateral, i) => this.fpn_convs.at(i)!.forward(lateral));
    while (levels.length < this.settings.strides.length) {
      levels.push(this.#levelAbove(levels, features.at(-1)!, levels.length === laterals.length));
    }
    return levels;
  }

  #levelAbove(levels: readonly Tensor[], lastMap: Tensor, first: boolean): Tensor {
    const { extraLevels } = this.settings;
    const below = levels.at(-1)!;
    if (extraLevels === "pool") return ops.maxPool2d(below, [1, 1], [2, 2]);
    // Between two of these convolutions there is a ReLU (Lin et al., "Focal Loss", 2017, section 4).
    const input = !first ? below.relu() : extraLevels === "conv-on-input" ? lastMap : below;
    return this.fpn_convs.at(levels.length)!.forward(input);
  }
}

function findFirstMap(strides: readonly number[], ofBackbone: readonly number[]): number {
  const first = ofBackbone.indexOf(strides[0]!);
  const fits =
    first >= 0 &&
    strides.length >= ofBackbone.length - first &&
    strides.every((stride, level) => stride === (ofBackbone[first + level] ?? 2 * strides[level - 1]!));
  if (fits) return first;
  throw new UserError(
    `pyramid.strides: [${strides.join(", ")}] does not fit the backbone, whose maps have strides [${ofBackbone.join(", ")}]: start with one of these, go on to the last, then double`,
  );
}
