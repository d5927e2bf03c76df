import { count, crossFieldCheck, fraction } from "@supernet/base";
import { z } from "zod";
import { augmentationSchema, interpolated, interval } from "./augmentation.settings.js";

/** One number per color channel (red, green, blue), for pixels from 0 to 1. */
const perChannel = z.tuple([z.number(), z.number(), z.number()]);

/** Images with one label each, for pre-training the supernet and retraining the found subnet. */
export const classificationSchema = z
  .strictObject({
    /**
     * A folder with a data set, its kind known by its files: image folders (train/<class>/*.jpg and
     * val/<class>/*.jpg, as ImageNet has them) or IDX files (train-images-idx3-ubyte.gz, ... as MNIST has them).
     */
    data: z.string().min(1),
    /** Side of the square that the network sees, in pixels. */
    imageSize: count,
    /**
     * Shorter side to which an image is resized before its centre is cropped for evaluation, in pixels; null = as
     * it is, on black where it is smaller than imageSize.
     */
    evalResize: count.nullable(),
    /** Held-out images that are evaluated, drawn at random from all; null = every one. */
    evalImages: count.nullable(),
    /** How images are resampled, for training and evaluation; null where none is. */
    interpolation: z.enum(["bilinear", "bicubic"]).nullable(),
    augmentation: augmentationSchema,
    mean: perChannel,
    std: perChannel,
  })
  .superRefine(
    crossFieldCheck(({ imageSize, evalResize }, addIssue) => {
      if (evalResize !== null && evalResize < imageSize) {
        addIssue(["evalResize"], `at least imageSize, which is ${imageSize}, or null`);
      }
    }),
  )
  .superRefine(interpolated);

/** The same where classifiers are all that a recipe is about: the images in val are for the test alone. */
export const heldOutClassificationSchema = classificationSchema.safeExtend({
  /**
   * Part of each class's training images that no network is trained on: the search scores candidates on them, and
   * trainings are evaluated on them. They are drawn by the recipe's seed.
   */
  heldOut: z.number().gt(0).lt(1),
});

/** A folder in COCO layout, of which another part than a fifth is held out. */
const cocoSchema = z.strictObject({
  kind: z.literal("coco"),
  folder: z.string().min(1),
  /** Part of the training images held out for the search, and for the test, where the folder has no split for it. */
  heldOut: z.number().gt(0).lt(1),
});

/** Scenes composed from a labelled data set's images, written once to disk as a COCO data set. */
const scenesSchema = z
  .strictObject({
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
    itemsPerScene: interval(count),
    /** Smallest and largest side of an item, in pixels. */
    itemSize: interval(count),
    seed: z.int().min(0),
  })
  .superRefine(
    crossFieldCheck(({ canvas, itemSize }, addIssue) => {
      if (itemSize[1] > canvas) addIssue(["itemSize"], `sides up to the canvas's ${canvas}`);
    }),
  );

/** Images with boxes, for fine-tuning the supernet, the search, and the final detector. */
export const detectionSchema = z.strictObject({
  /**
   * A folder in COCO layout (annotations/instances_train.json with images/train, or the official
   * annotations/instances_train2017.json with train2017, and the same for val), or scenes to compose. Where a
   * folder has no split for the search (search) or for the test (test or val), a fifth of the training images is
   * held out for it; `{ kind: "coco", folder, heldOut }` holds out another part.
   */
  data: z.union([z.string().min(1), z.discriminatedUnion("kind", [cocoSchema, scenesSchema])]),
  /** Images are resized, keeping their ratio, so that both limits hold: shorter and longer side in pixels. */
  size: z
    .strictObject({ short: count, long: count })
    .refine(({ short, long }) => short <= long, "short at most long"),
  /** Height and width of a batch are padded up to a multiple of this, in pixels. */
  padTo: count,
  /** Probability of mirroring left to right in training. */
  flip: fraction,
  mean: perChannel,
  std: perChannel,
});

export type ScenesRecipe = z.infer<typeof scenesSchema>;
export type ClassificationSettings = z.infer<typeof classificationSchema>;
