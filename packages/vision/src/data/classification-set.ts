import { count, fraction, parseOptions, Random, requireOneOf } from "@supernet/base";
import { z } from "zod";

/** Labelled images in files. */
export interface FileSamples {
  readonly kind: "files";
  readonly files: readonly string[];
  /** Class of each file, 0 to classes - 1. */
  readonly labels: readonly number[];
}

/** Labelled gray images in memory, [count, height, width]. Shared memory spares the workers a copy. */
export interface RawSamples {
  readonly kind: "raw";
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly labels: Uint8Array;
}

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
    labels: z.instanceof(Uint8Array),
  }),
]);

const holdOutSchema = z.object({ samples: classificationSamplesSchema, fraction, seed: z.int() });

/** A labelled data set, split for training and for evaluation. */
export interface ClassificationSet {
  /** Classes of the training images. */
  readonly classes: readonly string[];
  readonly train: ClassificationSamples;
  /**
   * Opens the images for evaluation, which are not read before.
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
 * Holds out a part of every class, at least one image of each class that has two.
 * @param fraction fraction of a class's images that is held out, between 0 and 1
 * @param seed seed by which they are drawn
 * @returns the remaining samples, and the part that is held out
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
  const { pixels, labels, height, width } = samples;
  const size = height * width;
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
