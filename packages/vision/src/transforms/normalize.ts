import { parseOptions, requireInstance, requireInteger } from "@supernet/base";
import { native } from "../native.js";
import { type Image, requireImage } from "./image.js";
import { type Normalization, normalizationSchema } from "./settings.js";

/** Mean and standard deviation of ImageNet, which most published weights were trained with. */
export const IMAGENET_NORMALIZATION = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} satisfies Normalization;

/** Slot of a batch that one image is written to. */
export interface BatchSlot {
  /** [N, 3, height, width] */
  readonly batch: Float32Array;
  /** Index of the image in the batch. */
  readonly index: number;
  readonly height: number;
  readonly width: number;
}

/** Checks that a value is a slot of a batch. @throws TypeError or RangeError if not */
export function requireSlot(name: string, slot: BatchSlot): void {
  requireInstance(`${name}.batch`, slot?.batch, Float32Array);
  requireInteger(`${name}.index`, slot.index, { min: 0 });
  requireInteger(`${name}.height`, slot.height, { min: 1 });
  requireInteger(`${name}.width`, slot.width, { min: 1 });
}

/**
 * Writes an image into a batch as (value / 255 - mean) / std, at the top left of its slot. The rest of the slot does
 * not change.
 *
 * @example
 * const batch = new Float32Array(8 * 3 * 224 * 224);
 * writeNormalized(image, IMAGENET_NORMALIZATION, { batch, index: 0, height: 224, width: 224 });
 * @param flipped whether to flip the image horizontally
 */
export function writeNormalized(
  image: Image,
  normalization: Normalization,
  slot: BatchSlot,
  flipped = false,
): void {
  requireImage("writeNormalized: image", image);
  requireSlot("writeNormalized: slot", slot);
  const { batch, index, height, width } = slot;
  const plane = height * width;
  const table = lookupTable(normalization);
  const start = index * 3 * plane;
  native.normalize(image.data, image.width, image.height, flipped, table, batch, start, plane, width);
}

/** Normalized values of all bytes, [3, 256], computed once per normalization. */
const tables = new WeakMap<Normalization, Float32Array>();

function lookupTable(normalization: Normalization): Float32Array {
  const existing = tables.get(normalization);
  if (existing) return existing;
  const { mean, std } = parseOptions("writeNormalized", normalizationSchema, normalization);
  const table = Float32Array.from({ length: 3 * 256 }, (_, i) => {
    const c = i >> 8;
    return (i & 255) * (1 / (255 * std[c]!)) - mean[c]! / std[c]!;
  });
  tables.set(normalization, table);
  return table;
}
