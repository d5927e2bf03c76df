// Runs on a loader's thread: reads and augments the images of one batch.
import type { Handler } from "@supernet/torch/data";
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

export interface ClassificationSettings extends Normalization {
  /** Side of the square that the network sees, in pixels. */
  readonly imageSize: number;
  /** Shorter side before the centre is cropped for evaluation, in pixels. */
  readonly evalResize: number;
  readonly augmentation: {
    readonly randomResizedCrop: RandomResizedCrop | null;
    /** Probability of mirroring left to right. */
    readonly flip: number;
    readonly colorJitter: ColorJitter | null;
    /** Largest shift each way, in pixels. */
    readonly shift: number;
  };
}

export interface ClassificationSpec {
  readonly samples: ClassificationSamples;
  readonly settings: ClassificationSettings;
}

export interface ClassificationRequest {
  readonly indices: readonly number[];
  /** What the augmentation is drawn from; undefined for evaluation. */
  readonly key?: readonly (number | string)[];
}

export interface ClassificationBatch {
  /** [n, 3, imageSize, imageSize], normalised. */
  readonly images: Float32Array;
  readonly shape: readonly [number, number, number, number];
  readonly labels: BigInt64Array;
}

export default async function createHandler({
  samples,
  settings,
}: ClassificationSpec): Promise<Handler<ClassificationRequest, ClassificationBatch>> {
  const cache = new ImageCache();
  const { imageSize: side } = settings;

  const read = (index: number): Promise<Image> =>
    samples.kind === "files"
      ? cache.get(index, () => readImage(samples.files[index]!))
      : Promise.resolve(rawImage(samples, index));

  return async ({ indices, key }) => {
    const images = new Float32Array(indices.length * 3 * side * side);
    for (const [place, index] of indices.entries()) {
      const image = await read(index);
      const ready = key
        ? await augment(image, settings, Random.of(...key, place))
        : await evaluated(image, settings);
      writeNormalized(ready, settings, images, place, side, side);
    }
    const labels = BigInt64Array.from(indices, (index) => BigInt(samples.labels[index]!));
    return { images, shape: [indices.length, 3, side, side], labels };
  };
}

function rawImage(samples: Extract<ClassificationSamples, { kind: "raw" }>, index: number): Image {
  const { pixels, width, height } = samples;
  const size = width * height;
  return fromGrey(pixels.subarray(index * size, (index + 1) * size), width, height);
}

async function augment(image: Image, settings: ClassificationSettings, random: Random): Promise<Image> {
  const { imageSize: side, augmentation } = settings;
  const { randomResizedCrop, flip, colorJitter, shift } = augmentation;
  let result: Image;
  if (randomResizedCrop) {
    result = await resize(
      image,
      side,
      side,
      randomCrop(image.width, image.height, randomResizedCrop, random),
    );
  } else {
    const drawn = () => random.int(2 * shift + 1) - shift;
    result = centre(await fitted(image, side, side), side, side, drawn(), drawn());
  }
  if (random.uniform() < flip) result = mirror(result);
  return colorJitter ? jitterColors(result, colorJitter, random) : result;
}

async function evaluated(image: Image, { imageSize, evalResize }: ClassificationSettings): Promise<Image> {
  return centre(await fitted(image, imageSize, evalResize), imageSize, imageSize);
}

/** The image with its shorter side resized to `target`; one that lies within `side` is left as it is, to be padded. */
async function fitted(image: Image, side: number, target: number): Promise<Image> {
  const { width, height } = image;
  if (width <= side && height <= side) return image;
  const scale = target / Math.min(width, height);
  return resize(image, Math.round(width * scale), Math.round(height * scale));
}
