import { z } from "zod";
import { count, fraction, perChannel, positive } from "./values.js";

/** Images with one label each, for pre-training the supernet and retraining the found subnet. */
export const classificationSchema = z.strictObject({
  /**
   * A folder with a data set, its kind known by its files: image folders (train/<class>/*.jpg and
   * val/<class>/*.jpg, as ImageNet has them) or IDX files (train-images-idx3-ubyte.gz, ... as MNIST has them).
   */
  data: z.string().min(1),
  /** Side of the square that the network sees, in pixels. */
  imageSize: count,
  /** Shorter side to which an image is resized before its centre is cropped for evaluation, in pixels. */
  evalResize: count,
  /** Held-out images that are evaluated, drawn at random from all; null = every one. */
  evalImages: count.nullable(),
  augmentation: z.strictObject({
    /** Random part of the image, by area and by width/height, resized to imageSize; null = the whole image. */
    randomResizedCrop: z
      .strictObject({ scale: z.tuple([positive, positive]), ratio: z.tuple([positive, positive]) })
      .nullable(),
    /** Probability of mirroring left to right. */
    flip: fraction,
    /** Factors are drawn from [1 - value, 1 + value]; hue turns by up to value of the circle. */
    colorJitter: z
      .strictObject({
        brightness: z.number().min(0),
        contrast: z.number().min(0),
        saturation: z.number().min(0),
        hue: z.number().min(0).max(0.5),
      })
      .nullable(),
    /** Largest random shift each way, in pixels; what comes in from outside is black. */
    shift: z.int().min(0),
  }),
  mean: perChannel,
  std: perChannel,
});

/** Scenes composed from a labelled data set's images, written once to disk as a COCO data set. */
const scenesSchema = z.strictObject({
  kind: z.literal("scenes"),
  /** Folder of IDX files whose images are placed; its train and test images never share a scene's split. */
  items: z.string().min(1),
  /** Side of the square scene, in pixels. */
  canvas: count,
  /** Scenes for training. */
  train: count,
  /** Scenes by which the search scores candidates. */
  search: count,
  /** Scenes for the final test. */
  test: count,
  /** Fewest and most items in a scene. */
  itemsPerScene: z.tuple([count, count]),
  /** Smallest and largest side of an item, in pixels. */
  itemSize: z.tuple([count, count]),
  seed: z.int().min(0),
});

/** Images with boxes, for fine-tuning the supernet, the search, and the final detector. */
export const detectionSchema = z.strictObject({
  /**
   * A folder in COCO layout (annotations/instances_train.json with images/train, or the official
   * annotations/instances_train2017.json with train2017, and the same for val), or scenes to compose.
   */
  data: z.union([z.string().min(1), scenesSchema]),
  /** Part of the training images held out for the search where the data set has no split for it. */
  searchFraction: z.number().gt(0).lt(1),
  /** Images are resized, keeping their ratio, so that both limits hold: shorter and longer side in pixels. */
  size: z.strictObject({ short: count, long: count }),
  /** Height and width of a batch are padded up to a multiple of this, in pixels. */
  padTo: count,
  /** Probability of mirroring left to right in training. */
  flip: fraction,
  mean: perChannel,
  std: perChannel,
});

export type ClassificationRecipe = z.infer<typeof classificationSchema>;
export type DetectionRecipe = z.infer<typeof detectionSchema>;
export type ScenesRecipe = z.infer<typeof scenesSchema>;
