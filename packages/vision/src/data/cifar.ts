import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileError, requireString, UserError } from "@supernet/base";
import type { ClassificationSet, RawSamples } from "./classification-set.js";

const SIDE = 32;
const PLANE = SIDE * SIDE;

/** Binary version of CIFAR-10 or CIFAR-100. A record is some labels, of which the last counts, and 3 planes of pixels. */
interface Version {
  readonly train: readonly string[];
  readonly test: string;
  /** Names of the classes, one per line. */
  readonly names: string;
  readonly labels: number;
}

const VERSIONS: readonly Version[] = [
  {
    train: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`),
    test: "test_batch.bin",
    names: "batches.meta.txt",
    labels: 1,
  },
  { train: ["train.bin"], test: "test.bin", names: "fine_label_names.txt", labels: 2 },
];

const versionIn = (folder: string): Version | undefined =>
  VERSIONS.find(({ names, train }) => [names, train[0]!].some((name) => existsSync(join(folder, name))));

/** Returns whether a folder has the binary files of CIFAR-10 or CIFAR-100. */
export function isCifarFolder(folder: string): boolean {
  requireString("isCifarFolder: folder", folder);
  return versionIn(folder) !== undefined;
}

/** Data set of the CIFAR family. Its images are in memory. */
export interface CifarSet extends ClassificationSet {
  readonly train: RawSamples;
  openVal(): RawSamples;
}

/**
 * Opens the binary version of CIFAR-10 (`data_batch_1.bin` to `data_batch_5.bin`, `test_batch.bin`, `batches.meta.txt`)
 * or CIFAR-100 (`train.bin`, `test.bin`, `fine_label_names.txt`; the fine labels).
 *
 * @example
 * const { classes, train, openVal } = openCifar("cifar-10-batches-bin");
 * @throws UserError naming the file that is missing or damaged
 */
export function openCifar(folder: string): CifarSet {
  requireString("openCifar: folder", folder);
  const version = versionIn(folder);
  if (version === undefined)
    throw new UserError(`${folder} has no files of CIFAR: expected data_batch_1.bin or train.bin`);
  const classes = readBytes(join(folder, version.names))
    .toString("utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const read = (names: readonly string[]) =>
    readRecords(
      names.map((name) => join(folder, name)),
      { labels: version.labels, classes: classes.length },
    );
  return { classes, train: read(version.train), openVal: () => read([version.test]) };
}

function readRecords(
  paths: readonly string[],
  { labels: labelBytes, classes }: { readonly labels: number; readonly classes: number },
): RawSamples {
  const size = labelBytes + 3 * PLANE;
  const files = paths.map((path) => {
    const bytes = readBytes(path);
    if (bytes.length > 0 && bytes.length % size === 0) return { path, bytes };
    throw new UserError(
      `${path} is damaged (${bytes.length} bytes, not a multiple of ${size}): download it again`,
    );
  });
  const count = files.reduce((sum, { bytes }) => sum + bytes.length / size, 0);
  const pixels = new Uint8Array(new SharedArrayBuffer(count * 3 * PLANE));
  const labels = new Uint8Array(count);
  let image = 0;
  for (const { path, bytes } of files) {
    for (let start = 0; start < bytes.length; start += size) {
      const label = bytes[start + labelBytes - 1]!;
      if (label >= classes)
        throw new UserError(
          `${path} is damaged (record ${start / size} has label ${label}, and there are ${classes} classes): download it again`,
        );
      labels[image] = label;
      const first = start + labelBytes;
      // Planes of red, green and blue become pixels.
      for (let i = 0; i < PLANE; i++)
        for (let channel = 0; channel < 3; channel++)
          pixels[3 * (image * PLANE + i) + channel] = bytes[first + channel * PLANE + i]!;
      image++;
    }
  }
  return { kind: "raw", pixels, count, height: SIDE, width: SIDE, channels: 3, labels };
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}
