// Runs on a loader's thread: loads, resizes and flips the images and boxes of one micro-batch.

import { Random, requireInstance, requireObject, UserError } from "@supernet/base";
import type { Handler } from "@supernet/torch/data";
import type { DetectionSample } from "../data/detection-set.js";
import { openCachedImages } from "../decoded-cache/cached-images.js";
import type { DecodedImageCache } from "../decoded-cache/format.js";
import type { GroundTruth, ImageSize } from "../detection/boxes/boxes.js";
import { type EncodedImage, openEncodedImage } from "../transforms/encoded-image.js";
import { writeNormalized } from "../transforms/normalize.js";
import { fittedSize, paddedSide } from "../transforms/resize.js";
import type { SizeLimits } from "../transforms/settings.js";
import type { BatchRequest } from "./batches.js";
import { MemoryCache } from "./memory-cache.js";
import type { ResolvedDetectionSettings } from "./settings.js";

export type WorkerSample = Pick<
  DetectionSample,
  "id" | "file" | "width" | "height" | "boxes" | "labels" | "crowd"
>;

export interface DetectionSpec {
  readonly samples: readonly WorkerSample[];
  readonly settings: Omit<ResolvedDetectionSettings, "size"> & { readonly sizes: readonly SizeLimits[] };
  /** Cache of the decoded images, if they are cached. */
  readonly decoded?: DecodedImageCache | undefined;
}

/** Image of a batch. */
export interface DetectionItem {
  /** Id of the image in its data set. */
  readonly id: number;
  /** Size after resizing, without padding. */
  readonly size: ImageSize;
  /** Size in the file. */
  readonly originalSize: ImageSize;
  /** Boxes in pixels of the resized image. */
  readonly truth: GroundTruth;
}

/** Micro-batch of images with boxes. */
export interface DetectionBatch {
  /** [N, 3, height, width], normalized. Each image is at the top left and padded with zeros. */
  readonly images: Float32Array;
  readonly shape: readonly [number, number, number, number];
  readonly items: readonly DetectionItem[];
}

export default async function createHandler({
  samples,
  settings,
  decoded,
}: DetectionSpec): Promise<Handler<BatchRequest, DetectionBatch>> {
  const memory = new MemoryCache<EncodedImage>();
  const cached = decoded && openCachedImages(decoded);
  const open = async (index: number): Promise<EncodedImage> => {
    const image = cached
      ? cached(index)
      : await memory.get(index, () => openEncodedImage(samples[index]!.file));
    requireSize(samples[index]!, image);
    return image;
  };
  const normalization = { mean: settings.mean, std: settings.std };
  // A resized image is large and is needed only until it is normalized. Each request uses one buffer for all its
  // images, and the next request reuses it.
  const spare: Uint8Array[] = [];

  const handler: Handler<BatchRequest, DetectionBatch> = async (
    { indices, augment, variant = 0 },
    allocate,
  ) => {
    const encoded = await Promise.all(indices.map(open));
    const sizes = encoded.map((image) => fittedSize(image, settings.sizes[variant]!));
    const height = paddedSide(Math.max(...sizes.map((size) => size.height)), settings.padTo);
    const width = paddedSide(Math.max(...sizes.map((size) => size.width)), settings.padTo);
    const batch = allocate(indices.length * 3 * height * width);
    if (sizes.some((size) => size.height < height || size.width < width)) batch.fill(0);
    let buffer = spare.pop() ?? new Uint8Array();
    const reuse = (bytes: number): Uint8Array => {
      if (buffer.length < bytes) buffer = new Uint8Array(bytes);
      return buffer.subarray(0, bytes);
    };
    const items: DetectionItem[] = [];
    for (const [i, index] of indices.entries()) {
      const sample = samples[index]!;
      const how = { ...sizes[i]!, interpolation: "bilinear", allocate: reuse } as const;
      const image = await encoded[i]!.decodeResized(how);
      const flip =
        augment !== undefined && Random.of(...augment.key, augment.first + i).uniform() < settings.flip;
      writeNormalized(image, normalization, { batch, index: i, height, width }, flip);
      items.push({
        id: sample.id,
        size: { height: image.height, width: image.width },
        originalSize: { height: sample.height, width: sample.width },
        truth: {
          boxes: transformBoxes(sample, image, flip),
          labels: sample.labels.slice(),
          crowd: sample.crowd.slice(),
        },
      });
    }
    spare.push(buffer);
    return { images: batch, shape: [indices.length, 3, height, width], items };
  };
  return Object.assign(handler, { [Symbol.dispose]: () => cached?.[Symbol.dispose]() });
}

function requireSize(sample: WorkerSample, { width, height }: ImageSize): void {
  if (width === sample.width && height === sample.height) return;
  throw new UserError(
    `${sample.file} has ${width} x ${height} pixels, but its annotations specify ${sample.width} x ${sample.height}: ` +
      "correct the annotation file",
  );
}

/** Transforms boxes to the resized and possibly flipped image. A flip maps x1, x2 to width - x2, width - x1. */
export function transformBoxes(sample: WorkerSample, image: ImageSize, flip: boolean): Float32Array {
  requireInstance("transformBoxes: sample.boxes", sample?.boxes, Float32Array);
  requireObject("transformBoxes: image", image);
  const scaleX = image.width / sample.width;
  const scaleY = image.height / sample.height;
  const moved = new Float32Array(sample.boxes.length);
  for (let i = 0; i < moved.length; i += 4) {
    const [x1, x2] = [sample.boxes[i]! * scaleX, sample.boxes[i + 2]! * scaleX];
    moved[i] = flip ? image.width - x2 : x1;
    moved[i + 1] = sample.boxes[i + 1]! * scaleY;
    moved[i + 2] = flip ? image.width - x1 : x2;
    moved[i + 3] = sample.boxes[i + 3]! * scaleY;
  }
  return moved;
}
