import { callable, parseOptions } from "@supernet/base";
import type { nn, Tensor } from "@supernet/torch";
import { z } from "zod";
import type { Backbone } from "../backbones/backbone.js";
import type { Detections, GroundTruth, ImageSize } from "./boxes/boxes.js";

/** A detection model, as training, evaluation and cost estimates see it. */
export interface Detector extends nn.Module {
  /**
   * Computes the losses of a batch by name. Each is a scalar, and training minimizes their sum.
   * @param images [N, 3, H, W], padded at the right and the bottom if sizes differ
   * @param sizes size of each image without its padding
   * @param rngKey identifies this step of the run, e.g. [seed, iteration]; all sampling is drawn from it
   */
  forward(
    images: Tensor,
    sizes: readonly ImageSize[],
    groundTruth: readonly GroundTruth[],
    rngKey: readonly (number | string)[],
  ): Record<string, Tensor>;

  /** Detects objects in each image, in pixels of the given images. Records no gradients. */
  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[];

  /** Does the same as `detect`, given the backbone's feature maps of the images. Records no gradients. */
  detectFromFeatures(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[];

  /**
   * Runs every module on the largest input that inference can give it for images of this size, whatever they show.
   * The detector's FLOPs, memory and latency are measured on this. Records no gradients. Call `eval()` first: in
   * training mode, batch-norm would count these images in its statistics.
   * @param images [N, 3, H, W]
   */
  runWorstCase(images: Tensor): void;
}

/** Describes one kind of detector: its settings, and how it is built from them. */
export interface DetectorDefinition<Settings = unknown> {
  /** Name of the kind, such as "faster-rcnn". */
  readonly kind: string;
  /** Zod schema of the settings. */
  readonly settings: z.ZodType<Settings>;
  /**
   * Builds the detector around a backbone.
   * @param classes number of classes, without background
   * @throws UserError if the settings do not fit the backbone
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
