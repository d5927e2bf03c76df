import { Random } from "@supernet/base";

/** Labelled images as files on disk. */
export interface FileSamples {
  readonly kind: "files";
  readonly files: readonly string[];
  /** One class a file, 0 .. classes - 1. */
  readonly labels: readonly number[];
}

/** Labelled grey images in memory, row-major, one after another; shared, so that workers need no copy. */
export interface RawSamples {
  readonly kind: "raw";
  readonly pixels: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly labels: Uint8Array;
}

export type ClassificationSamples = FileSamples | RawSamples;

/** A labelled data set, split for training and for evaluation. */
export interface ClassificationSet {
  /** Those of the training images. */
  readonly classes: readonly string[];
  readonly train: ClassificationSamples;
  /**
   * Opens the images for evaluation, which are not looked at before.
   * @throws UserError where they are missing or damaged, or have other classes than the training images
   */
  openVal(): ClassificationSamples;
}

export const sampleCount = (samples: ClassificationSamples): number =>
  samples.kind === "files" ? samples.files.length : samples.count;

/**
 * Holds out a part of every class, at least one image of each that has two: what is left, and what is held out.
 * @param part of a class's images, between 0 and 1
 * @param seed settles which
 */
export function holdOut(
  samples: ClassificationSamples,
  part: number,
  seed: number,
): [ClassificationSamples, ClassificationSamples] {
  const ofClass = new Map<number, number[]>();
  for (const [i, label] of samples.labels.entries()) {
    const own = ofClass.get(label);
    if (own) own.push(i);
    else ofClass.set(label, [i]);
  }
  const held = new Set<number>();
  for (const [label, own] of ofClass) {
    const size = Math.min(own.length - 1, Math.max(1, Math.round(own.length * part)));
    for (const i of Random.of(seed, "held out", label).sample(own, size)) held.add(i);
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
  const own = new Uint8Array(new SharedArrayBuffer(chosen.length * size));
  for (const [place, i] of chosen.entries()) own.set(pixels.subarray(i * size, (i + 1) * size), place * size);
  return {
    ...samples,
    pixels: own,
    count: chosen.length,
    labels: Uint8Array.from(chosen, (i) => labels[i]!),
  };
}
