// Runs on a loader's thread: reads and augments the images of one micro-batch.
import type { Handler } from "@supernet/torch/data";
import { Random } from "@supernet/torch/random";
import type { ClassificationSamples } from "../data/samples.js";
import { erase } from "../transforms/erasing.js";
import { fromGrey, type Image, readImage, writeNormalized } from "../transforms/image.js";
import { drawMix, mixPairs } from "../transforms/mix.js";
import { augmented, type ClassificationSettings, evaluated } from "./classification-image.js";
import { ImageCache } from "./image-cache.js";
import type { BatchRequest } from "./request.js";

export interface ClassificationSpec {
  readonly samples: ClassificationSamples;
  readonly settings: ClassificationSettings;
}

export interface ClassificationBatch {
  /** [n, 3, imageSize, imageSize], normalised. */
  readonly images: Float32Array;
  readonly shape: readonly [number, number, number, number];
  readonly labels: BigInt64Array;
  /** Where images are mixed: the label of each one's other image, and the share of all that is their own. */
  readonly mixed: { readonly labels: BigInt64Array; readonly weight: number } | null;
  /** Of each image: its file, or its place in the set. */
  readonly ids: readonly (string | number)[];
}

export default async function createHandler({
  samples,
  settings,
}: ClassificationSpec): Promise<Handler<BatchRequest, ClassificationBatch>> {
  const cache = new ImageCache();
  const { imageSize: side, augmentation } = settings;

  const read = (index: number): Promise<Image> =>
    samples.kind === "files"
      ? cache.get(index, () => readImage(samples.files[index]!))
      : Promise.resolve(rawImage(samples, index));

  const nameOf = (index: number) => (samples.kind === "files" ? samples.files[index]! : index);

  return async ({ indices, augment }) => {
    const shape = [indices.length, 3, side, side] as const;
    const images = new Float32Array(shape[0] * 3 * side * side);
    let latest: { readonly index: number; readonly image: Image } | undefined;
    for (const [place, index] of indices.entries()) {
      // An image that is repeated is decoded once.
      if (latest?.index !== index) latest = { index, image: await read(index) };
      const { image } = latest;
      if (!augment) {
        const ready = await evaluated(image, settings, nameOf(index));
        writeNormalized(ready, settings, images, place, side, side);
        continue;
      }
      const random = Random.of(...augment.key, augment.first + place);
      const ready = await augmented(image, settings, nameOf(index), random);
      writeNormalized(ready, settings, images, place, side, side);
      if (augmentation.erasing) erase(images, place, side, side, augmentation.erasing, random);
    }
    const labels = BigInt64Array.from(indices, (index) => BigInt(samples.labels[index]!));
    const mix =
      augment && augmentation.mix && drawMix(augmentation.mix, side, side, Random.of(...augment.key, "mix"));
    if (mix) mixPairs(images, shape, mix);
    const mixed = mix ? { labels: labels.toReversed(), weight: mix.weight } : null;
    return { images, shape, labels, mixed, ids: indices.map(nameOf) };
  };
}

function rawImage(samples: Extract<ClassificationSamples, { kind: "raw" }>, index: number): Image {
  const { pixels, width, height } = samples;
  const size = width * height;
  return fromGrey(pixels.subarray(index * size, (index + 1) * size), width, height);
}
