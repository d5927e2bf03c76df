import { parseOptions, UserError } from "@supernet/base";
import type { Shape } from "@supernet/nas";
import { nn, ops, type Tensor } from "@supernet/torch";
import { type Backbone, requireMaps } from "../../backbones/backbone.js";
import { type PyramidSettings, pyramidSchema } from "../common.settings.js";
import { convNorm, initConvNorm } from "./conv-norm.js";
import { type DetectorLayers, layersWithin, type ModuleBuilder, plainModules } from "./detector-layers.js";
import type { Operation } from "./inference.js";

/** Feature maps that a pyramid reads. */
export type BackboneMaps = Pick<Backbone, "outChannels" | "strides">;

/**
 * Feature pyramid network (https://arxiv.org/abs/1612.03144): 1x1 lateral convolutions, a top-down path of
 * nearest-neighbor upsampling and addition, a 3x3 convolution on each level, and extra levels at the top.
 *
 * @example
 * const settings = { strides: [4, 8, 16, 32, 64], channels: 256, norm: "none", extraLevels: "pool" } as const;
 * const neck = new FeaturePyramid(backbone, settings);
 * const levels = neck.forward(backbone.forward(images)); // five maps, [N, 256, H / stride, W / stride]
 */
export class FeaturePyramid extends nn.Module {
  readonly lateral_convs: nn.ModuleList<nn.Layer>;
  /** One convolution per lateral, followed by those of the extra levels, if they have any. */
  readonly fpn_convs: nn.ModuleList<nn.Layer>;
  #settings: PyramidSettings;
  /** Strides of the backbone's maps. */
  readonly #mapStrides: readonly number[];
  /** Index of the backbone's map that the first module reads. */
  readonly #firstMap: number;

  /**
   * @param build returns the modules. Default: plain ones for the settings.
   * @throws UserError if the strides are not those of the last maps of the backbone, followed by doubled strides
   */
  constructor(backbone: BackboneMaps, settings: PyramidSettings, build?: ModuleBuilder) {
    super();
    requireMaps("FeaturePyramid: backbone", backbone);
    const { strides } = parseOptions("FeaturePyramid", pyramidSchema, settings);
    this.#mapStrides = backbone.strides;
    this.#firstMap = findFirstMap(strides, backbone.strides);
    const layers = pyramidLayers(backbone, settings);
    const modules = build ?? plainModules(layers);
    const all = (list: string) =>
      new nn.ModuleList(
        Object.keys(layers)
          .filter((path) => path.startsWith(list))
          .map((path) => initConvNorm(modules(path))),
      );
    this.lateral_convs = all("lateral_convs");
    this.fpn_convs = all("fpn_convs");
    this.#settings = settings;
  }

  /** Number of levels that are computed from a map of the backbone. The others are above. */
  get mapLevels(): number {
    return this.lateral_convs.length - this.#skipped;
  }

  /** Sets the levels to compute. They must be among those of the constructor's settings. */
  configure(settings: PyramidSettings): void {
    this.#settings = settings;
  }

  /** Number of the finest levels that have modules but are not computed. */
  get #skipped(): number {
    return findFirstMap(this.#settings.strides, this.#mapStrides) - this.#firstMap;
  }

  /** Maps the backbone's maps to one map per stride, [N, channels, H, W]. */
  forward(features: readonly Tensor[]): Tensor[] {
    const first = this.#skipped;
    const laterals = [...this.lateral_convs]
      .slice(first)
      .map((conv, i) => conv.forward(features[this.#firstMap + first + i]!));
    for (let i = laterals.length - 2; i >= 0; i--) {
      const lateral = laterals[i]!;
      const [height, width] = lateral.shape.slice(2) as [number, number];
      laterals[i] = lateral.add(ops.upsampleNearest2d(laterals[i + 1]!, [height, width]));
    }
    const levels = laterals.map((lateral, i) => this.fpn_convs.at(first + i)!.forward(lateral));
    while (levels.length < this.#settings.strides.length) {
      levels.push(this.#levelAbove(levels, features.at(-1)!, levels.length === laterals.length));
    }
    return levels;
  }

  #levelAbove(levels: readonly Tensor[], lastMap: Tensor, first: boolean): Tensor {
    const { extraLevels } = this.#settings;
    const below = levels.at(-1)!;
    if (extraLevels === "pool") return ops.maxPool2d(below, [1, 1], [2, 2]);
    // The ReLU between these convolutions is that of RetinaNet (https://arxiv.org/abs/1708.02002, section 4).
    const input = !first ? below.relu() : extraLevels === "conv-on-input" ? lastMap : below;
    return this.fpn_convs.at(this.#skipped + levels.length)!.forward(input);
  }
}

/**
 * Describes the layers of a {@link FeaturePyramid}.
 * @param first index in the names of the first level's modules
 * @throws UserError if the strides are not those of the last maps of the backbone, followed by doubled strides
 */
export function pyramidLayers(backbone: BackboneMaps, settings: PyramidSettings, first = 0): DetectorLayers {
  const { strides, channels, norm, extraLevels } = settings;
  const maps = backbone.outChannels.slice(findFirstMap(strides, backbone.strides));
  const extras = extraLevels === "pool" ? 0 : strides.length - maps.length;
  const laterals = maps.map((input) => ({ layer: convNorm(channels, 1, { norm }), input }));
  const outputs = maps.map(() => ({ layer: convNorm(channels, 3, { norm }), input: channels }));
  const above = Array.from({ length: extras }, (_, i) => ({
    layer: convNorm(channels, 3, { norm, stride: 2 }),
    input: i === 0 && extraLevels === "conv-on-input" ? maps.at(-1)! : channels,
  }));
  return {
    ...Object.fromEntries(laterals.map((layer, i) => [`lateral_convs.${first + i}`, layer])),
    ...Object.fromEntries([...outputs, ...above].map((layer, i) => [`fpn_convs.${first + i}`, layer])),
  };
}

/** The pyramid as a section of a detector, with the path `neck`. */
export const neckSection = {
  sizes: ["pyramid.strides", "pyramid.channels"],
  layers: (
    maps: BackboneMaps,
    { pyramid }: { readonly pyramid: PyramidSettings },
    _classes: number,
    firstLevel?: number,
  ): DetectorLayers => layersWithin("neck", pyramidLayers(maps, pyramid, firstLevel)),
};

/** Operations of a pyramid, and the values and shapes of its levels. */
export interface PyramidLevels {
  readonly operations: readonly Operation[];
  readonly levels: readonly { readonly value: string; readonly shape: Shape }[];
  /** Number of levels that are computed from a map of the backbone. */
  readonly mapLevels: number;
}

/**
 * Describes the inference of a {@link FeaturePyramid}.
 * @param path path of the module
 * @param maps shape of each map of the backbone
 */
export function pyramidInference(
  path: string,
  maps: { readonly strides: readonly number[]; readonly shapes: readonly Shape[] },
  { strides, channels, extraLevels }: PyramidSettings,
): PyramidLevels {
  const first = findFirstMap(strides, maps.strides);
  const used = maps.shapes.slice(first);
  const of = (shape: Shape): Shape => [channels, ...shape.slice(1)];
  const laterals = used.map(
    (shape, i): Operation => ({
      layer: `${path}.lateral_convs.${i}`,
      reads: [`map.${first + i}`],
      writes: `lateral.${i}`,
      shape,
    }),
  );
  const last = used.length - 1;
  const merged = (i: number) => (i === last ? `lateral.${i}` : `merged.${i}`);
  const sums = used.slice(0, last).map(
    (shape, i): Operation => ({
      reads: [`lateral.${i}`, merged(i + 1)],
      writes: `merged.${i}`,
      shape: of(shape),
    }),
  );
  const outputs = used.map(
    (shape, i): Operation => ({
      layer: `${path}.fpn_convs.${i}`,
      reads: [merged(i)],
      writes: `level.${i}`,
      shape: of(shape),
    }),
  );
  const levels = used.map((shape, i) => ({ value: `level.${i}`, shape: of(shape) }));
  const above: Operation[] = [];
  while (levels.length < strides.length) {
    const i = levels.length;
    const below = levels.at(-1)!;
    const shape = [channels, ...below.shape.slice(1).map((side) => Math.floor((side - 1) / 2) + 1)];
    const onInput = i === used.length && extraLevels === "conv-on-input";
    above.push(
      extraLevels === "pool"
        ? { reads: [below.value], writes: `level.${i}`, shape }
        : {
            layer: `${path}.fpn_convs.${i}`,
            reads: [onInput ? `map.${maps.shapes.length - 1}` : below.value],
            writes: `level.${i}`,
            shape: onInput ? used.at(-1)! : below.shape,
          },
    );
    levels.push({ value: `level.${i}`, shape });
  }
  return {
    operations: [...laterals, ...sums.toReversed(), ...outputs, ...above],
    levels,
    mapLevels: used.length,
  };
}

export function findFirstMap(strides: readonly number[], ofBackbone: readonly number[]): number {
  const first = ofBackbone.indexOf(strides[0]!);
  const fits =
    first >= 0 &&
    strides.length >= ofBackbone.length - first &&
    strides.every((stride, level) => stride === (ofBackbone[first + level] ?? 2 * strides[level - 1]!));
  if (fits) return first;
  throw new UserError(
    `pyramid.strides: [${strides.join(", ")}] does not match the backbone, whose maps have strides [${ofBackbone.join(", ")}]: start with one of these, continue to the last, then double`,
  );
}
