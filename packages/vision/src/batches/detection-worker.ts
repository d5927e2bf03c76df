// Runs on a loader's thread: reads, resizes and flips the images of one micro-batch, and their boxes with them.

import { Random, UserError } from "@supernet/base";
import type { Handler } from "@supernet/torch/data";
import type { DetectionSample } from "../data/coco.js";
import type { GroundTruth, ImageSize } from "../detection/boxes/boxes.js";
import type { Pack } from "../pack/format.js";
import { packedPictures } from "../pack/packed-picture.js";
import { fittedSize, paddedSide } from "../transforms/crop.js";
import { type Normalization, writeNormalized } from "../transforms/image.js";
import { openPicture, type Picture } from "../transforms/picture.js";
import { ImageCache } from "./image-cache.js";
import type { BatchRequest } from "./request.js";

export interface DetectionInput extends Normalization {
  /** Limits of the shorter and the longer side, in pixels; the ratio is kept. */
  readonly size: { readonly short: number; readonly long: number };
  /** Height and width of a micro-batch are padded up to a multiple of this, in pixels. */
  readonly padTo: number;
  /** Probability of mirroring left to right in training. */
  readonly flip: number;
}

export type WorkerSample = Pick<
  DetectionSample,
  "id" | "file" | "width" | "height" | "boxes" | "labels" | "crowd"
>;

export interface DetectionSpec {
  readonly samples: readonly WorkerSample[];
  readonly settings: DetectionInput;
  /** The decoded images, where they are kept. */
  readonly pack?: Pack | undefined;
}

/** One image of a batch. */
export interface DetectionItem {
  /** The image's id in its data set. */
  readonly id: number;
  /** As the network sees it, without padding. */
  readonly size: ImageSize;
  readonly originalSize: ImageSize;
  /** Boxes in pixels of the resized image. */
  readonly truth: GroundTruth;
}

export interface DetectionBatch {
  /** [n, 3, height, width], normalised; images at the top left, zeros elsewhere. */
  readonly images: Float32Array;
  readonly shape: readonly [number, number, number, number];
  readonly items: readonly DetectionItem[];
}

export default async function createHandler({
  samples,
  settings,
  pack,
}: DetectionSpec): Promise<Handler<BatchRequest, DetectionBatch>> {
  const cache = new ImageCache<Picture>();
  const inPack = pack && packedPictures(pack);
  const open = async (index: number): Promise<Picture> => {
    const picture = inPack ? inPack(index) : await cache.get(index, () => openPicture(samples[index]!.file));
    refuseOtherSize(samples[index]!, picture);
    return picture;
  };
  // A resized image is large, and needed no longer than until it is normalised: each request under way has memory for
  // one, which the next request takes over.
  const spare: Uint8Array[] = [];

  const handler: Handler<BatchRequest, DetectionBatch> = async ({ indices, augment }, floats) => {
    const pictures = await Promise.all(indices.map(open));
    const sizes = pictures.map((picture) => fittedSize(picture, settings.size));
    const height = paddedSide(Math.max(...sizes.map((size) => size.height)), settings.padTo);
    const width = paddedSide(Math.max(...sizes.map((size) => size.width)), settings.padTo);
    const batch = floats(indices.length * 3 * height * width);
    if (sizes.some((size) => size.height < height || size.width < width)) batch.fill(0);
    let memory = spare.pop() ?? new Uint8Array();
    const room = (bytes: number): Uint8Array => {
      if (memory.length < bytes) memory = new Uint8Array(bytes);
      return memory.subarray(0, bytes);
    };
    const items: DetectionItem[] = [];
    for (const [place, index] of indices.entries()) {
      const sample = samples[index]!;
      const how = { ...sizes[place]!, interpolation: "bilinear", room } as const;
      const image = await pictures[place]!.resized(how);
      const flip =
        augment !== undefined && Random.of(...augment.key, augment.first + place).uniform() < settings.flip;
      writeNormalized(image, settings, batch, place, height, width, flip);
      items.push({
        id: sample.id,
        size: { height: image.height, width: image.width },
        originalSize: { height: sample.height, width: sample.width },
        truth: {
          boxes: movedBoxes(sample, image, flip),
          labels: sample.labels.slice(),
          crowd: sample.crowd.slice(),
        },
      });
    }
    spare.push(memory);
    return { images: batch, shape: [indices.length, 3, height, width], items };
  };
  return Object.assign(handler, { [Symbol.dispose]: () => inPack?.[Symbol.dispose]() });
}

function refuseOtherSize(sample: WorkerSample, { width, height }: ImageSize): void {
  if (width === sample.width && height === sample.height) return;
  throw new UserError(
    `${sample.file} has ${width} x ${height} pixels, its annotations say ${sample.width} x ${sample.height}: ` +
      "correct the annotation file",
  );
}

/** The boxes on the resized, perhaps mirrored image: corners x become width - x and change places. */
export function movedBoxes(sample: WorkerSample, image: ImageSize, flip: boolean): Float32Array {
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
