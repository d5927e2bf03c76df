// Runs on a loader's thread: loads and augments the images of one micro-batch.

import { Random } from "@supernet/base";
import type { Handler } from "@supernet/torch/data";
import type { ClassificationSamples, RawSamples } from "../data/classification-set.js";
import { openCachedImages } from "../decoded-cache/cached-images.js";
import type { DecodedImageCache } from "../decoded-cache/format.js";
import { type EncodedImage, openEncodedImage, wrapImage } from "../transforms/encoded-image.js";
import { eraseRandomRegion } from "../transforms/erasing.js";
import { fromGray, type Image } from "../transforms/image.js";
import { drawMix, mixPairs } from "../transforms/mix.js";
import { writeNormalized } from "../transforms/normalize.js";
import type { BatchRequest } from "./batches.js";
import { augmentForTraining, cropForEvaluation } from "./classification-transform.js";
import { MemoryCache } from "./memory-cache.js";
import type { SizedClassificationSettings } from "./settings.js";

export interface ClassificationSpec {
  readonly samples: ClassificationSamples;
  /** Settings of each variant. */
  readonly settings: readonly SizedClassificationSettings[];
  /** Cache of the decoded images, if they are cached. */
  readonly decoded?: DecodedImageCache | undefined;
}

/** Micro-batch of labeled images. */
export interface ClassificationBatch {
  /** [N, 3, imageSize, imageSize], normalized. */
  readonly images: Float32Array;
  readonly shape: readonly [number, number, number, number];
  /** Class of each image. */
  readonly labels: BigInt64Array;
  /** Labels of the images that each image is mixed with, and the weight of its own label. Null without mixing. */
  readonly mixed: { readonly labels: BigInt64Array; readonly weight: number } | null;
  /** File of each image, or its index in the set. */
  readonly ids: readonly (string | number)[];
}

export default async function createHandler({
  samples,
  settings,
  decoded,
}: ClassificationSpec): Promise<Handler<BatchRequest, ClassificationBatch>> {
  const memory = new MemoryCache<EncodedImage>();
  const cached = decoded && openCachedImages(decoded);
  const open = async (index: number): Promise<EncodedImage> => {
    if (samples.kind === "raw") return wrapImage(rawImage(samples, index));
    return cached ? cached(index) : memory.get(index, () => openEncodedImage(samples.files[index]!));
  };
  const nameOf = (index: number) => (samples.kind === "files" ? samples.files[index]! : index);

  const handler: Handler<BatchRequest, ClassificationBatch> = async (
    { indices, augment, variant = 0 },
    allocate,
  ) => {
    const sized = settings[variant]!;
    const { imageSize: side, augmentation, mean, std } = sized;
    const normalization = { mean, std };
    const shape = [indices.length, 3, side, side] as const;
    const images = allocate(shape[0] * 3 * side * side);
    let latest: { readonly index: number; readonly image: EncodedImage } | undefined;
    for (const [i, index] of indices.entries()) {
      const slot = { batch: images, index: i, height: side, width: side };
      if (latest?.index !== index) {
        const image = await open(index);
        // Decodes a repeated image only once, and completely.
        const repeated = indices[i + 1] === index;
        latest = { index, image: repeated ? wrapImage(await image.decode()) : image };
      }
      const source = { name: nameOf(index), image: latest.image };
      if (!augment) {
        writeNormalized(await cropForEvaluation(source, sized), normalization, slot);
        continue;
      }
      const random = Random.of(...augment.key, augment.first + i);
      writeNormalized(await augmentForTraining(source, sized, random), normalization, slot);
      if (augmentation.erasing) eraseRandomRegion(slot, augmentation.erasing, random);
    }
    const labels = BigInt64Array.from(indices, (index) => BigInt(samples.labels[index]!));
    const mix =
      augment &&
      augmentation.mix &&
      drawMix(augmentation.mix, { width: side, height: side }, Random.of(...augment.key, "mix"));
    if (mix) mixPairs(images, shape, mix);
    const mixed = mix ? { labels: labels.toReversed(), weight: mix.weight } : null;
    return { images, shape, labels, mixed, ids: indices.map(nameOf) };
  };
  return Object.assign(handler, { [Symbol.dispose]: () => cached?.[Symbol.dispose]() });
}

function rawImage(samples: RawSamples, index: number): Image {
  const { pixels, width, height, channels = 1 } = samples;
  const size = width * height * channels;
  const data = pixels.subarray(index * size, (index + 1) * size);
  return channels === 1 ? fromGray(data, width, height) : { data, width, height };
}
