import { checkOptions } from "../check-options.js";
import {
  type ClassificationSamples,
  classificationSamplesSchema,
  sampleCount,
} from "../data/classification-set.js";
import { openDecodedImageCache } from "../decoded-cache/decoded-cache.js";
import { Batches } from "./batches.js";
import type { ClassificationBatch, ClassificationSpec } from "./classification-worker.js";
import {
  type BatchOptions,
  batchOptionsSchema,
  type ClassificationSettings,
  classificationSettingsSchema,
} from "./settings.js";

/**
 * Loads labelled images in batches for a classifier. Dispose of the result to end its threads.
 *
 * @example
 * const { train } = openImageFolder("photos");
 * using batches = classificationBatches(train, { imageSize: 224 }, { batchSize: 32, workers: 2 });
 * for await (const [{ images, shape, labels }] of batches.train(0, 1000)) {
 *   // one iteration
 * }
 */
export function classificationBatches(
  samples: ClassificationSamples,
  settings: ClassificationSettings,
  options: BatchOptions,
): Batches<ClassificationBatch> {
  checkOptions("classificationBatches: samples", classificationSamplesSchema, samples);
  const resolved = checkOptions("classificationBatches: settings", classificationSettingsSchema, settings);
  const { cache, workers } = checkOptions("classificationBatches: options", batchOptionsSchema, options);
  const createSpec = async (): Promise<ClassificationSpec> => ({
    samples,
    settings: resolved,
    decoded:
      cache && samples.kind === "files"
        ? await openDecodedImageCache(samples.files, cache, workers)
        : undefined,
  });
  const worker = new URL("./classification-worker.js", import.meta.url);
  const { repeats } = resolved.augmentation;
  return new Batches({ worker, createSpec, images: sampleCount(samples), repeats }, options);
}
