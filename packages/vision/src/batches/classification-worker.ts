// Runs on a loader's thread: reads and augments the images of one micro-batch.

import { Random } from "@supernet/base";
import type { Handler } from "@supernet/torch/data";
import type { ClassificationSamples } from "../data/samples.js";
import type { Pack } from "../pack/format.js";
import { packedPictures } from "../pack/packed-picture.js";
import { erase } from "../transforms/erasing.js";
import { fromGrey, type Image, writeNormalized } from "../transforms/image.js";
import { drawMix, mixPairs } from "../transforms/mix.js";
import { openPicture, type Picture, pictureOf } from "../transforms/picture.js";
import { augmented, type ClassificationSettings, evaluated } from "./classification-image.js";
import { ImageCache } from "./image-cache.js";
import type { BatchRequest } from "./request.js";

export interface ClassificationSpec {
  readonly samples: ClassificationSamples;
  readonly settings: ClassificationSettings;
  /** The decoded images of files, where they are kept. */
  readonly pack?: Pack | undefined;
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
  pack,
}: ClassificationSpec): Promise<Handler<BatchRequest, ClassificationBatch>> {
  const cache = new ImageCache<Picture>();
  const { imageSize: side, augmentation } = settings;
  const inPack = pack && packedPictures(pack);
  const read = async (index: number): Promise<Picture> => {
    if (samples.kind === "raw") return pictureOf(rawImage(samples, index));
    return inPack ? inPack(index) : cache.get(index, () => openPicture(samples.files[index]!));
  };
  const nameOf = (index: number) => (samples.kind === "files" ? samples.files[index]! : index);

  const handler: Handler<BatchRequest, ClassificationBatch> = async ({ indices, augment }, floats) => {
    const shape = [indices.length, 3, side, side] as const;
    const images = floats(shape[0] * 3 * side * side);
    let latest: { readonly index: number; readonly picture: Picture } | undefined;
    for (const [place, index] of indices.entries()) {
      if (latest?.index !== index) {
        const picture = await read(index);
        // An image that is repeated is decoded once, and then the whole of it.
        const repeated = indices[place + 1] === index;
        latest = { index, picture: repeated ? pictureOf(await picture.image()) : picture };
      }
      const { picture } = latest;
      if (!augment) {
        const ready = await evaluated(picture, settings, nameOf(index));
        writeNormalized(ready, settings, images, place, side, side);
        continue;
      }
      const random = Random.of(...augment.key, augment.first + place);
      const ready = await augmented(picture, settings, nameOf(index), random);
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
  return Object.assign(handler, { [Symbol.dispose]: () => inPack?.[Symbol.dispose]() });
}

function rawImage(samples: Extract<ClassificationSamples, { kind: "raw" }>, index: number): Image {
  const { pixels, width, height } = samples;
  const size = width * height;
  return fromGrey(pixels.subarray(index * size, (index + 1) * size), width, height);
}
