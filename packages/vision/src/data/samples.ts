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
  readonly classes: readonly string[];
  readonly train: ClassificationSamples;
  readonly val: ClassificationSamples;
}

export const sampleCount = (samples: ClassificationSamples): number =>
  samples.kind === "files" ? samples.files.length : samples.count;
