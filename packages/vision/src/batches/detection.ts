import { parseOptions } from "@supernet/base";
import { z } from "zod";
import { type DetectionSample, detectionSamplesSchema } from "../data/detection-set.js";
import { openDecodedImageCache } from "../decoded-cache/decoded-cache.js";
import { fittedSize, paddedSide } from "../transforms/resize.js";
import { Batches } from "./batches.js";
import type { DetectionBatch, DetectionSpec } from "./detection-worker.js";
import {
  type BatchOptions,
  batchOptionsSchema,
  type DetectionSettings,
  detectionSettingsSchema,
} from "./settings.js";

const argumentsSchema = z.object({
  samples: detectionSamplesSchema,
  settings: detectionSettingsSchema,
  options: batchOptionsSchema,
});

/**
 * Loads batches of images with boxes for a detector. The images of a training batch are all upright or all not, so that
 * they are padded less; only the last batches of an epoch may mix both. Dispose of the result to stop its threads.
 *
 * @example
 * const { train } = openCoco("coco");
 * using batches = detectionBatches(train.samples, {}, { batchSize: 16, microBatch: 2, workers: 2 });
 * for await (const microBatches of batches.train(0, 1000)) {
 *   // each micro-batch has 2 images: { images, shape, items }
 * }
 */
export function detectionBatches(
  samples: readonly DetectionSample[],
  settings: DetectionSettings,
  options: BatchOptions,
): Batches<DetectionBatch> {
  const parsed = parseOptions("detectionBatches", argumentsSchema, { samples, settings, options });
  const { cache } = options;
  const { workers } = parsed.options;
  const { size, ...settingsOfAll } = parsed.settings;
  const sizes = Array.isArray(size) ? size : [size];
  const createSpec = async (): Promise<DetectionSpec> => ({
    settings: { ...settingsOfAll, sizes },
    samples: samples.map(({ annotations: _, ...sample }) => sample),
    decoded:
      cache &&
      (await openDecodedImageCache(
        samples.map(({ file }) => file),
        cache,
        workers,
      )),
  });
  const worker = new URL("./detection-worker.js", import.meta.url);
  const shapeOf = (index: number, variant: number): string => {
    const { height, width } = fittedSize(samples[index]!, sizes[variant]!);
    return [height, width].map((side) => paddedSide(side, settingsOfAll.padTo)).join();
  };
  const groups = Uint8Array.from(samples, ({ width, height }) => Number(width < height));
  return new Batches(
    { worker, createSpec, images: samples.length, groups, variants: sizes.length, shapeOf },
    options,
  );
}
