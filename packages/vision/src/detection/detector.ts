import { UserError } from "@supernet/base";
import type { nn, Tensor } from "@supernet/torch";
import type { z } from "zod";
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

/**
 * Checks the definition of a detector and returns it.
 *
 * @example
 * export default defineDetector({
 *   kind: "my-detector",
 *   settings: z.strictObject({ channels: z.int().min(1) }),
 *   build: (backbone, settings, classes) => new MyDetector(backbone, settings, classes),
 * });
 * @throws UserError naming the field that is missing or wrong
 */
export function defineDetector<Settings>(
  definition: DetectorDefinition<Settings>,
): DetectorDefinition<Settings> {
  const { kind, settings, build } = Object(definition) as Partial<DetectorDefinition<Settings>>;
  if (typeof kind !== "string" || kind === "") {
    throw new UserError('defineDetector: kind is not a name: set it to text such as "my-detector"');
  }
  if (typeof settings?.parse !== "function" || typeof settings.safeParse !== "function") {
    throw new UserError(
      `detector ${kind}: settings is not a zod schema: set it to one such as z.strictObject({})`,
    );
  }
  if (typeof build !== "function") {
    throw new UserError(
      `detector ${kind}: build is not a function: set it to one of (backbone, settings, classes) that returns the detector`,
    );
  }
  return definition;
}
