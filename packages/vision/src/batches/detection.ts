import { checkOptions } from "../check-options.js";
import { type DetectionSample, detectionSamplesSchema } from "../data/detection-set.js";
import { openDecodedImageCache } from "../decoded-cache/decoded-cache.js";
import { Batches } from "./batches.js";
import type { DetectionBatch, DetectionSpec } from "./detection-worker.js";
import {
  type BatchOptions,
  batchOptionsSchema,
  type DetectionSettings,
  detectionSettingsSchema,
} from "./settings.js";

/**
 * Loads images with boxes in batches for a detector. Dispose of the result to end its threads.
 *
 * @example
 * const { train } = openCoco("coco");
 * using batches = detectionBatches(train.samples, {}, { batchSize: 16, microBatch: 2, workers: 2 });
 * for await (const microBatches of batches.train(0, 1000)) {
 *   // one iteration
 * }
 */
export function detectionBatches(
  samples: readonly DetectionSample[],
  settings: DetectionSettings,
  options: BatchOptions,
): Batches<DetectionBatch> {
  checkOptions("detectionBatches: samples", detectionSamplesSchema, samples);
  const resolved = checkOptions("detectionBatches: settings", detectionSettingsSchema, settings);
  const { cache, workers } = checkOptions("detectionBatches: options", batchOptionsSchema, options);
  const createSpec = async (): Promise<DetectionSpec> => ({
    settings: resolved,
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
  return new Batches({ worker, createSpec, images: samples.length }, options);
}
