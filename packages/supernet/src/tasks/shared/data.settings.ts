import { count, crossFieldCheck, fraction } from "@supernet/base";
import { orChoices } from "@supernet/vision/detector-settings";
import { z } from "zod";
import { augmentationSchema, interpolated, interval } from "./augmentation.settings.js";

const perChannel = z.tuple([z.number(), z.number(), z.number()]);

const normalizationShape = {
  mean: perChannel.describe(
    "Mean of the red, green and blue channel that images are normalized with, from 0 to 1.",
  ),
  std: perChannel.describe(
    "Standard deviation of the red, green and blue channel that images are normalized with, for values from 0 to 1.",
  ),
};

const IMAGE_SIZE = "Side of the network's square input, in pixels.";

const labeledShape = {
  data: z
    .string()
    .min(1)
    .describe(
      "Folder of the dataset: image folders like ImageNet's (`train/CLASS/*.jpg` and `val/CLASS/*.jpg`, or `val/*.jpg` " +
        "with `val.txt`), IDX files like MNIST's (`train-images-idx3-ubyte.gz` and so on), or CIFAR's binary files.",
    ),
  imageSize: count.describe(IMAGE_SIZE),
  evalResize: count
    .nullable()
    .describe(
      "Length of the shorter side before the center crop for evaluation, in pixels. `null` does not resize, and pads " +
        "smaller images with black.",
    ),
  evalImages: count
    .nullable()
    .describe("Number of held-out images for evaluations, a random sample. `null` uses all."),
  interpolation: z
    .enum(["bilinear", "bicubic"])
    .nullable()
    .describe("Resampling method for training and evaluation. `null` if no image is resampled."),
  augmentation: augmentationSchema.describe("Augmentation of training images, in this order."),
  ...normalizationShape,
};

interface EvaluatedSize {
  readonly imageSize: number | readonly number[];
  readonly evalResize: number | null;
}

/** Checks that the center crop for evaluation is inside the resized image. */
const cropped = crossFieldCheck<EvaluatedSize>(({ imageSize, evalResize }, addIssue) => {
  const largest = Math.max(...[imageSize].flat());
  if (evalResize !== null && evalResize < largest) {
    addIssue(["evalResize"], `at least imageSize, which is ${largest}, or null`);
  }
});

/** Images with one label each. */
export const classificationSchema = z
  .strictObject(labeledShape)
  .superRefine(cropped)
  .superRefine(interpolated);

/** Images with labels of a recipe that searches a classifier: the images in val are used only for the test. */
export const heldOutClassificationSchema = z
  .strictObject({
    ...labeledShape,
    imageSize: orChoices(count).describe(
      `${IMAGE_SIZE} A list is searched. Other lengths in pixels belong to the largest of them, and scale with the ` +
        "others.",
    ),
    heldOut: z
      .number()
      .gt(0)
      .lt(1)
      .describe(
        "Fraction of each class's training images that is not trained on. The search scores candidates on them, and " +
          "trainings are evaluated on them. The recipe's seed selects them.",
      ),
  })
  .superRefine(cropped)
  .superRefine(interpolated);

const cocoSchema = z
  .strictObject({
    kind: z.literal("coco"),
    folder: z.string().min(1).describe("Folder in the layout of COCO, YOLO or Pascal VOC."),
    heldOut: z
      .number()
      .gt(0)
      .lt(1)
      .describe(
        "Fraction of the training images that is held out for the search, and for the test, if the folder has no split " +
          "for it.",
      ),
  })
  .describe("A folder with another held-out fraction than a fifth.");

/** Scenes composed from the images of a classification dataset. They are written to disk once, as a COCO dataset. */
const scenesSchema = z
  .strictObject({
    kind: z.literal("scenes"),
    items: z
      .string()
      .min(1)
      .describe(
        "Folder of IDX files with the images to place. Scenes for training and for the test use different images.",
      ),
    canvas: count.describe("Side of a square scene, in pixels."),
    train: count.describe("Number of scenes for training."),
    search: count.describe("Number of scenes that the search scores candidates on."),
    test: count.describe("Number of scenes for the test."),
    itemsPerScene: interval(count).describe("Minimum and maximum number of items in a scene."),
    itemSize: interval(count).describe("Minimum and maximum side of an item, in pixels."),
    seed: z.int().min(0).describe("Seed of the scenes."),
  })
  .superRefine(
    crossFieldCheck(({ canvas, itemSize }, addIssue) => {
      if (itemSize[1] > canvas) addIssue(["itemSize"], `sides up to the canvas's ${canvas}`);
    }),
  )
  .describe("Scenes composed from the images of a classification dataset, with their boxes.");

/** Images with boxes, for fine-tuning the supernet, the search, and the detector of the found subnet. */
export const detectionSchema = z
  .strictObject({
    data: z
      .union([z.string().min(1), z.discriminatedUnion("kind", [cocoSchema, scenesSchema])])
      .describe(
        "Folder in the layout of COCO, YOLO or Pascal VOC, or scenes to compose. COCO's layout is " +
          "`annotations/instances_train.json` with `images/train`, or the official `annotations/instances_train2017.json` " +
          "with `train2017`, and the same for `val`; YOLO's has a `data.yaml`, and Pascal VOC's `Annotations`. If the folder " +
          "has no split for the search (`search`, or `val` besides `test`) or for the test (`test` or `val`), a fifth of the " +
          "training images is held out for it.",
      ),
    size: z
      .strictObject({
        short: orChoices(count).describe("Maximum of the shorter side, in pixels. A list is searched."),
        long: count.describe(
          "Maximum of the longer side, in pixels. If `short` is a list, it belongs to the largest of them, and scales " +
            "with the others.",
        ),
      })
      .refine(({ short, long }) => [short].flat().every((side) => side <= long), "short at most long")
      .describe("Limits of the sides of a resized image. The aspect ratio is kept."),
    padTo: count.describe("Height and width of a batch are padded to a multiple of this, in pixels."),
    flip: fraction.describe("Probability of a horizontal flip in training."),
    filterEmpty: z
      .boolean()
      .default(true)
      .describe(
        "Whether to train only on images that have boxes, as mmdetection and torchvision do. It has no effect on the images " +
          "for the search and the test.",
      ),
    ...normalizationShape,
  })
  .superRefine(
    crossFieldCheck(({ data, filterEmpty }, addIssue) => {
      if (typeof data === "object" && data.kind === "scenes" && !filterEmpty)
        addIssue(["filterEmpty"], "true, because every scene has boxes");
    }),
  );

export type ScenesRecipe = z.infer<typeof scenesSchema>;
/** Settings of labeled images, of one size or several. */
export type ClassificationSettings = Omit<z.infer<typeof classificationSchema>, "imageSize"> & {
  readonly imageSize: number | readonly number[];
};
