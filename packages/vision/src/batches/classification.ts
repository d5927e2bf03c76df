import { parseOptions } from "@supernet/base";
import { z } from "zod";
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
  type SizedClassificationSettings,
} from "./settings.js";

const argumentsSchema = z.object({
  samples: classificationSamplesSchema,
  settings: classificationSettingsSchema,
  options: batchOptionsSchema,
});

/**
 * Loads batches of labeled images for a classifier. Dispose of the result to stop its threads.
 *
 * @example
 * const { train } = openImageFolder("photos");
 * using batches = classificationBatches(train, { imageSize: 224 }, { batchSize: 32, workers: 2 });
 * for await (const [{ images, shape, labels }] of batches.train(0, 1000)) {
 *   // images is a Float32Array, [32, 3, 224, 224]
 * }
 */
export function classificationBatches(
  samples: ClassificationSamples,
  settings: ClassificationSettings,
  options: BatchOptions,
): Batches<ClassificationBatch> {
  const parsed = parseOptions("classificationBatches", argumentsSchema, { samples, settings, options });
  const sizes = settingsBySize(parsed.settings);
  const { cache } = options;
  const { workers } = parsed.options;
  const createSpec = async (): Promise<ClassificationSpec> => ({
    samples,
    settings: sizes,
    decoded:
      cache && samples.kind === "files"
        ? await openDecodedImageCache(samples.files, cache, workers)
        : undefined,
  });
  const worker = new URL("./classification-worker.js", import.meta.url);
  const { repeats } = parsed.settings.augmentation;
  return new Batches(
    { worker, createSpec, images: sampleCount(samples), repeats, variants: sizes.length },
    options,
  );
}

/** Returns the settings for each image size. */
function settingsBySize(
  settings: z.output<typeof classificationSettingsSchema>,
): readonly SizedClassificationSettings[] {
  const sizes = [settings.imageSize].flat();
  const largest = Math.max(...sizes);
  const { evalResize = Math.round(largest / 0.875) } = settings;
  return sizes.map((imageSize) => {
    const scale = imageSize / largest;
    return { ...settings, imageSize, evalResize: evalResize && Math.round(evalResize * scale), scale };
  });
}
