import { count, fraction, parseOptions, Random, requireOneOf } from "@supernet/base";
import { z } from "zod";

/** Labeled images in files. */
export interface FileSamples {
  readonly kind: "files";
  readonly files: readonly string[];
  /** Class of each file, 0 to classes - 1. */
  readonly labels: readonly number[];
}

/** Labeled images in memory. */
export interface RawSamples {
  readonly kind: "raw";
  /** [count, height, width, channels]. If this is shared memory, workers do not copy it. */
  readonly pixels: Uint8Array;
  /** 1 for gray images, or 3 for red, green and blue. Default: 1. */
  readonly channels?: 1 | 3;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Class of each image, 0 to classes - 1. */
  readonly labels: Uint8Array;
}

/** Labeled images in files or in memory. */
export type ClassificationSamples = FileSamples | RawSamples;

const array = z.custom<readonly unknown[]>(Array.isArray, "an array");

export const classificationSamplesSchema = z.discriminatedUnion("kind", [
  z
    .object({ kind: z.literal("files"), files: array, labels: array })
    .refine(({ files, labels }) => files.length === labels.length, {
      path: ["labels"],
      message: "one label for each file",
    }),
  z.object({
    kind: z.literal("raw"),
    pixels: z.instanceof(Uint8Array),
    count: z.int().min(0),
    height: count,
    width: count,
    channels: z.literal([1, 3]).optional(),
    labels: z.instanceof(Uint8Array),
  }),
]);

const holdOutSchema = z.object({ samples: classificationSamplesSchema, fraction, seed: z.int() });

/** Labeled data set, split for training and for evaluation. */
export interface ClassificationSet {
  /** Names of the classes, by label. */
  readonly classes: readonly string[];
  readonly train: ClassificationSamples;
  /**
   * Opens the evaluation images. They are not read before this is called.
   * @throws UserError if they are missing or damaged, or if their classes differ from those of the training images
   */
  openVal(): ClassificationSamples;
}

/** Returns the number of images. */
export function sampleCount(samples: ClassificationSamples): number {
  requireOneOf("sampleCount: samples.kind", samples?.kind, ["files", "raw"]);
  return samples.kind === "files" ? samples.files.length : samples.count;
}

/**
 * Splits off a random fraction of every class, and at least one image of each class that has two or more.
 *
 * @example
 * const [train, val] = holdOut(openImageFolder("photos").train, 0.1, 0);
 * @param fraction fraction of each class's images to hold out, 0 to 1
 * @param seed seed of the random choice
 * @returns the remaining samples and the held-out samples
 */
export function holdOut(
  samples: ClassificationSamples,
  fraction: number,
  seed: number,
): [ClassificationSamples, ClassificationSamples] {
  parseOptions("holdOut", holdOutSchema, { samples, fraction, seed });
  const byClass = new Map<number, number[]>();
  for (const [i, label] of samples.labels.entries()) {
    const indices = byClass.get(label);
    if (indices) indices.push(i);
    else byClass.set(label, [i]);
  }
  const held = new Set<number>();
  for (const [label, indices] of byClass) {
    const size = Math.min(indices.length - 1, Math.max(1, Math.round(indices.length * fraction)));
    for (const i of Random.of(seed, "held out", label).sample(indices, size)) held.add(i);
  }
  const all = Array.from({ length: sampleCount(samples) }, (_, i) => i);
  return [false, true].map((wanted) =>
    select(
      samples,
      all.filter((i) => held.has(i) === wanted),
    ),
  ) as [ClassificationSamples, ClassificationSamples];
}

function select(samples: ClassificationSamples, chosen: readonly number[]): ClassificationSamples {
  if (samples.kind === "files") {
    const { kind, files, labels } = samples;
    return { kind, files: chosen.map((i) => files[i]!), labels: chosen.map((i) => labels[i]!) };
  }
  const { pixels, labels, height, width, channels = 1 } = samples;
  const size = height * width * channels;
  const selected = new Uint8Array(new SharedArrayBuffer(chosen.length * size));
  for (const [index, i] of chosen.entries())
    selected.set(pixels.subarray(i * size, (i + 1) * size), index * size);
  return {
    ...samples,
    pixels: selected,
    count: chosen.length,
    labels: Uint8Array.from(chosen, (i) => labels[i]!),
  };
}
