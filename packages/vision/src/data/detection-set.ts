import { fraction, parseOptions, Random, requireArray } from "@supernet/base";
import { z } from "zod";
import type { CocoAnnotation, CocoGroundTruth } from "../metrics/coco-files.js";

/** Image with its boxes. */
export interface DetectionSample {
  /** Id of the image in the annotation file. */
  readonly id: number;
  readonly file: string;
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
  /** [n, 4], XYXY in pixels, clipped to the image, without boxes that have no area. */
  readonly boxes: Float32Array;
  /** n classes, 0 to classes - 1. */
  readonly labels: Int32Array;
  /** n flags: 1 if the box is a crowd. */
  readonly crowd: Uint8Array;
  /** All annotations of the image, which the metric is computed from. */
  readonly annotations: readonly CocoAnnotation[];
}

/** Images with boxes. */
export interface DetectionSet {
  readonly classes: readonly string[];
  /** Id of each class in the annotation file. */
  readonly categoryIds: readonly number[];
  readonly samples: readonly DetectionSample[];
}

/** Splits of a data set. Only `train` always exists. */
export interface DetectionSplits {
  readonly train: DetectionSet;
  readonly val?: DetectionSet;
  readonly search?: DetectionSet;
  readonly test?: DetectionSet;
}

/** Checks samples with plain code, because COCO has 118,000 of them. */
export const detectionSamplesSchema = z.custom<readonly DetectionSample[]>(
  (samples) => Array.isArray(samples) && samples.every(isSample),
  "an array of samples: { id, file, width, height, boxes, labels, crowd }",
);

function isSample(value: unknown): boolean {
  const sample = Object(value) as Partial<DetectionSample>;
  return (
    typeof sample.file === "string" &&
    typeof sample.width === "number" &&
    typeof sample.height === "number" &&
    sample.boxes instanceof Float32Array &&
    sample.labels instanceof Int32Array &&
    sample.crowd instanceof Uint8Array
  );
}

const splitSchema = z.object({ set: z.object({ samples: z.array(z.unknown()) }), fraction, seed: z.int() });

/** Converts a set to the ground truth of {@link evaluateCoco}. */
export function toGroundTruth(set: DetectionSet): CocoGroundTruth {
  for (const key of ["classes", "categoryIds", "samples"] as const)
    requireArray(`toGroundTruth: set.${key}`, set?.[key]);
  const { classes, categoryIds, samples } = set;
  return {
    images: samples.map(({ id }) => ({ id })),
    annotations: samples.flatMap(({ annotations }) => annotations),
    categories: categoryIds.map((id, i) => ({ id, name: classes[i]! })),
  };
}

/**
 * Splits off a random fraction of a set. Both parts keep the order of the images.
 * @param fraction fraction of the images to hold out, 0 to 1
 * @param seed seed of the random choice
 * @returns the remaining images and the held-out images
 */
export function splitSet(set: DetectionSet, fraction: number, seed: number): [DetectionSet, DetectionSet] {
  parseOptions("splitSet", splitSchema, { set, fraction, seed });
  const size = Math.min(set.samples.length - 1, Math.max(1, Math.round(set.samples.length * fraction)));
  const chosen = new Set(Random.of(seed, "held out").permutation(set.samples.length).slice(0, size));
  const part = (wanted: boolean) => ({
    ...set,
    samples: set.samples.filter((_, i) => chosen.has(i) === wanted),
  });
  return [part(false), part(true)];
}
