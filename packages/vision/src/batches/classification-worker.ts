// Runs on a loader's thread: reads and augments the images of one micro-batch.
import type { Handler } from "@supernet/torch/data";
import { UserError } from "@supernet/torch/errors";
import { Random } from "@supernet/torch/random";
import type { ClassificationSamples } from "../data/samples.js";
import { type ColorJitter, jitterColors } from "../transforms/color-jitter.js";
import { type RandomResizedCrop, randomCrop } from "../transforms/crop.js";
import {
  centre,
  fromGrey,
  type Image,
  mirror,
  type Normalization,
  readImage,
  resize,
  writeNormalized,
} from "../transforms/image.js";
import { ImageCache } from "./image-cache.js";
import type { BatchRequest } from "./request.js";

export interface ClassificationSettings extends Normalization {
  /** Side of the square that the network sees, in pixels. */
  readonly imageSize: number;
  /** Shorter side before the centre is cropped for evaluation, in pixels; null for images that fit as they are. */
  readonly evalResize: number | null;
  readonly augmentation: {
    readonly crop:
      | ({ readonly kind: "random-resized" } & RandomResizedCrop)
      /** The whole image, moved each way by up to so many pixels. */
      | { readonly kind: "shifted"; readonly shift: number };
    /** Probability of mirroring left to right. */
    readonly flip: number;
    readonly colorJitter: ColorJitter | null;
  };
}

export interface ClassificationSpec {
  readonly samples: ClassificationSamples;
  readonly settings: ClassificationSettings;
}

export interface ClassificationBatch {
  /** [n, 3, imageSize, imageSize], normalised. */
  readonly images: Float32Array;
  readonly shape: readonly [number, number, number, number];
  readonly labels: BigInt64Array;
  /** Of each image: its file, or its place in the set. */
  readonly ids: readonly (string | number)[];
}

export default async function createHandler({
  samples,
  settings,
}: ClassificationSpec): Promise<Handler<BatchRequest, ClassificationBatch>> {
  const cache = new ImageCache();
  const { imageSize: side } = settings;

  const read = (index: number): Promise<Image> =>
    samples.kind === "files"
      ? cache.get(index, () => readImage(samples.files[index]!))
      : Promise.resolve(rawImage(samples, index));

  const nameOf = (index: number) => (samples.kind === "files" ? samples.files[index]! : index);

  return async ({ indices, augment }) => {
    const images = new Float32Array(indices.length * 3 * side * side);
    for (const [place, index] of indices.entries()) {
      const image = await read(index);
      const ready = augment
        ? await augmented(image, settings, Random.of(...augment.key, augment.first + place))
        : await evaluated(image, settings, nameOf(index));
      writeNormalized(ready, settings, images, place, side, side);
    }
    const labels = BigInt64Array.from(indices, (index) => BigInt(samples.labels[index]!));
    return { images, shape: [indices.length, 3, side, side], labels, ids: indices.map(nameOf) };
  };
}

function rawImage(samples: Extract<ClassificationSamples, { kind: "raw" }>, index: number): Image {
  const { pixels, width, height } = samples;
  const size = width * height;
  return fromGrey(pixels.subarray(index * size, (index + 1) * size), width, height);
}

async function augmented(image: Image, settings: ClassificationSettings, random: Random): Promise<Image> {
  const { imageSize: side, augmentation } = settings;
  const { crop, flip, colorJitter } = augmentation;
  let result: Image;
  if (crop.kind === "random-resized") {
    result = await resize(image, side, side, randomCrop(image.width, image.height, crop, random));
  } else {
    const drawn = () => random.int(2 * crop.shift + 1) - crop.shift;
    const whole = fits(image, side) ? image : await resizeShorter(image, side);
    result = centre(whole, side, side, drawn(), drawn());
  }
  if (random.uniform() < flip) result = mirror(result);
  return colorJitter ? jitterColors(result, colorJitter, random) : result;
}

async function evaluated(
  image: Image,
  { imageSize: side, evalResize }: ClassificationSettings,
  name: string | number,
): Promise<Image> {
  if (evalResize === null && !fits(image, side)) {
    throw new UserError(
      `image ${name} has ${image.width} x ${image.height} pixels, more than imageSize ${side}: ` +
        "set evalResize to the shorter side that it gets for evaluation",
    );
  }
  return centre(evalResize === null ? image : await resizeShorter(image, evalResize), side, side);
}

const fits = ({ width, height }: Image, side: number): boolean => width <= side && height <= side;

async function resizeShorter(image: Image, target: number): Promise<Image> {
  const { width, height } = image;
  const scale = target / Math.min(width, height);
  return resize(image, Math.round(width * scale), Math.round(height * scale));
}
