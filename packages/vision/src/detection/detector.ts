import type { nn, Tensor } from "@supernet/torch";
import type { Detections, GroundTruth, ImageSize } from "./boxes.js";

/** What training, evaluation and estimates know of a detector. */
export interface Detector extends nn.Module {
  /**
   * The losses of a batch by name, each a scalar to be added up.
   * @param images N x 3 x H x W, padded at the right and the bottom where sizes differ
   * @param sizes of each image without padding
   * @param key names this place of the run, e.g. [seed, iteration]; all sampling is drawn from it
   */
  forward(
    images: Tensor,
    sizes: readonly ImageSize[],
    truth: readonly GroundTruth[],
    key: readonly (number | string)[],
  ): Record<string, Tensor>;

  /** What is found in each image, in pixels of the images given. Not differentiated. */
  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[];

  /** The same from what the backbone makes of the images, for those who have it already. Not differentiated. */
  detectIn(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[];

  /**
   * Runs every module on the most that inference can ask of it for images of this size, whatever they show: what
   * the detector's FLOPs, memory and latency are counted on. Not differentiated. In training mode batch-norm would
   * take the images for real ones: call `eval()` first.
   * @param images N x 3 x H x W
   */
  workload(images: Tensor): void;
}
