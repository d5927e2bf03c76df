import { callable, parseOptions } from "@supernet/base";
import type { nn, Tensor } from "@supernet/torch";
import { z } from "zod";
import type { Backbone } from "../backbones/backbone.js";
import type { Detections, GroundTruth, ImageSize } from "./boxes/boxes.js";

/** Detection model that can be trained, evaluated and measured. */
export interface Detector extends nn.Module {
  /**
   * Computes the losses of a batch by name. Each is a scalar, and training minimizes their sum.
   * @param images [N, 3, H, W], padded at the right and the bottom if sizes differ
   * @param sizes size of each image without its padding
   * @param rngKey seeds all sampling, for example [seed, iteration]
   */
  forward(
    images: Tensor,
    sizes: readonly ImageSize[],
    groundTruth: readonly GroundTruth[],
    rngKey: readonly (number | string)[],
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

/** Definition of a kind of detector. */
export interface DetectorDefinition<Settings = unknown> {
  /** Name of the kind, such as "faster-rcnn". */
  readonly kind: string;
  /** Zod schema of the settings. */
  readonly settings: z.ZodType<Settings>;
  /**
   * Builds the detector with a backbone.
   * @param classes number of classes, without background
   * @throws UserError if the settings do not match the backbone
   */
  build(backbone: Backbone, settings: Settings, classes: number): Detector;
}

const definitionSchema = z.strictObject({
  kind: z.string().min(1),
  settings: z.custom<z.ZodType>(
    (value) => typeof Object(value).safeParse === "function",
    "a zod schema, such as z.strictObject({})",
  ),
  build: callable,
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
