import { callable, parseOptions } from "@supernet/base";
import type { Shape } from "@supernet/nas";
import type { nn, Tensor } from "@supernet/torch";
import { z } from "zod";
import type { Backbone } from "../backbones/backbone.js";
import type { Detections, GroundTruth, ImageSize } from "./boxes/boxes.js";
import type { DetectorLayers, ModuleBuilder } from "./parts/detector-layers.js";
import type { Distillation } from "./parts/distillation.js";
import type { BackboneMaps } from "./parts/feature-pyramid.js";
import type { Operation } from "./parts/inference.js";
import type { InferenceStage } from "./parts/stages.js";

/** Detection model that can be trained, evaluated and measured. */
export interface Detector extends nn.Module {
  /**
   * Computes the losses of a batch by name. Each is a scalar, and training minimizes their sum.
   * @param images [N, 3, H, W], padded at the right and the bottom if sizes differ
   * @param sizes size of each image without its padding
   * @param rngKey seeds all sampling, for example [seed, iteration]
   * @param distillation makes a subnet learn from the largest one. Only an {@link ElasticDetector} supports it.
   */
  forward(
    images: Tensor,
    sizes: readonly ImageSize[],
    groundTruth: readonly GroundTruth[],
    rngKey: readonly (number | string)[],
    distillation?: Distillation,
  ): Record<string, Tensor>;

  /** Detects objects in each image. Boxes are in pixels of `images`. Does not record gradients. */
  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[];

  /** Like `detect`, but starts from the backbone's feature maps. Does not record gradients. */
  detectFromFeatures(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[];

  /**
   * Runs every module on the largest input that it can get in inference for images of this size. FLOPs, memory and
   * latency of a detector are measured with this. Does not record gradients. Call `eval()` first, because batch-norm
   * would otherwise update its statistics.
   * @param images [N, 3, H, W]
   */
  runWorstCase(images: Tensor): void;
}

/** Detector whose sizes can change: all layers of a smaller one are among its own, or slices of them. */
export interface ElasticDetector<Settings = never> extends Detector {
  /** Sets the sizes to compute. They must be among those that the detector was built for. */
  configure(settings: Settings): void;

  /**
   * Returns the stages of `detectFromFeatures` with the current sizes. Detectors whose first stages have equal keys
   * share the results of these while a search scores them.
   */
  stages(): readonly InferenceStage[];
}

/** A group of a detector's layers, and the sizes that they depend on. */
export interface DetectorSection<Settings> {
  /** Keys of the settings, with dots: all sizes that can be searched and that the layers depend on. */
  readonly sizes: readonly string[];
  /**
   * Describes the layers.
   * @param firstLevel index in the names of the first level's modules
   */
  layers(maps: BackboneMaps, settings: Settings, classes: number, firstLevel?: number): DetectorLayers;
}

/** Maps of a backbone for one image. */
export interface MapShapes {
  readonly strides: readonly number[];
  /** [channels, height, width] of each map. */
  readonly shapes: readonly Shape[];
}

/** What the layers of a detector depend on. */
export interface LayerOptions<Settings> {
  readonly maps: BackboneMaps;
  readonly settings: Settings;
  /** Number of classes, without background. */
  readonly classes: number;
  /** Index in the names of the first level's modules. Default: 0. */
  readonly firstLevel?: number;
}

/** Describes all layers of a detector outside its backbone. */
export const detectorLayers = <Settings>(
  sections: readonly DetectorSection<Settings>[],
  { maps, settings, classes, firstLevel }: LayerOptions<Settings>,
): DetectorLayers =>
  Object.assign({}, ...sections.map(({ layers }) => layers(maps, settings, classes, firstLevel)));

/** Definition of a kind of detector. */
export interface DetectorDefinition<Settings = unknown> {
  /** Name of the kind, such as "faster-rcnn". */
  readonly kind: string;
  /** Zod schema of the settings. */
  readonly settings: z.ZodType<Settings>;
  /**
   * Builds the detector with a backbone.
   * @param classes number of classes, without background
   * @param modules returns the modules of the layers. Default: plain ones.
   * @throws UserError if the settings do not match the backbone
   */
  build(backbone: Backbone, settings: Settings, classes: number, modules?: ModuleBuilder): Detector;
  /** All layers outside the backbone. Without them, the detector's sizes cannot be searched. */
  readonly sections?: readonly DetectorSection<Settings>[];
  /** Describes the inference of one image, with the largest workload that it can have, in order. */
  inference?(maps: MapShapes, settings: Settings): readonly Operation[];
}

const definitionSchema = z.strictObject({
  kind: z.string().min(1),
  settings: z.custom<z.ZodType>(
    (value) => typeof Object(value).safeParse === "function",
    "a zod schema, such as z.strictObject({})",
  ),
  build: callable,
  inference: callable.optional(),
  sections: z.array(z.looseObject({ sizes: z.array(z.string()), layers: callable })).optional(),
});

/**
 * Checks the definition of a detector and returns it.
 *
 * @example
 * export default defineDetector({
 *   kind: "my-detector",
 *   settings: z.strictObject({ channels: z.int().min(1) }),
 *   build: (backbone, settings, classes) => new MyDetector(backbone, settings, classes),
 * });
 * @throws UserError if a part of the definition is missing, unknown or wrong
 */
export function defineDetector<Settings>(
  definition: DetectorDefinition<Settings>,
): DetectorDefinition<Settings> {
  parseOptions("defineDetector", definitionSchema, definition);
  return definition;
}
