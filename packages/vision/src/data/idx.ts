import { existsSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { readBytes, requireString, UserError } from "@supernet/base";
import type { ClassificationSet, RawSamples } from "./classification-set.js";

/** Names of Fashion-MNIST's ten classes, in the order of their labels (https://arxiv.org/abs/1708.07747). */
export const FASHION_CLASSES = [
  ...["t-shirt", "trouser", "pullover", "dress", "coat"],
  ...["sandal", "shirt", "sneaker", "bag", "ankle boot"],
] as const;

const UNSIGNED_BYTE = 0x08;

/** Maximum size of a compressed file's content, so that a small file cannot exhaust the memory: ten times MNIST's. */
const MAX_UNZIPPED = 1 << 29;

/**
 * Reads an IDX file of unsigned bytes (the format of MNIST), optionally compressed by gzip.
 * @throws UserError if the file is missing, damaged or has another element type
 */
export function readIdx(path: string): { readonly sizes: readonly number[]; readonly data: Uint8Array } {
  requireString("readIdx: path", path);
  const bytes = readUnzipped(path);
  const damaged = (reason: string) => new UserError(`${path} is damaged (${reason}): download it again`);
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) throw damaged("it has no IDX header");
  if (bytes[2] !== UNSIGNED_BYTE) throw damaged(`element type ${bytes[2]}, not unsigned bytes`);
  const dimensions = bytes[3]!;
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) throw damaged("its header is truncated");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const length = sizes.reduce((product, size) => product * size, 1);
  if (bytes.length - start !== length) {
    throw damaged(`its header specifies ${sizes.join(" x ")} bytes, but it has ${bytes.length - start}`);
  }
  return { sizes, data: bytes.subarray(start) };
}

function readUnzipped(path: string): Uint8Array {
  const bytes = readBytes(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_UNZIPPED });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw new UserError(`${path} has more than ${MAX_UNZIPPED} bytes without compression: decompress it`, {
        cause: error,
      });
    throw new UserError(`${path} is damaged (${(error as Error).message}): download it again`, {
      cause: error,
    });
  }
}

/** Returns whether a folder has IDX files with MNIST's names. */
export function isIdxFolder(folder: string): boolean {
  requireString("isIdxFolder: folder", folder);
  return findFile(folder, "train-images-idx3-ubyte") !== undefined;
}

function findFile(folder: string, name: string): string | undefined {
  return [name, `${name}.gz`].map((candidate) => join(folder, candidate)).find((path) => existsSync(path));
}

function readPart(folder: string, part: "train" | "t10k"): RawSamples {
  const path = (name: string) => {
    const found = findFile(folder, name);
    if (!found) throw new UserError(`${join(folder, name)} (or .gz) does not exist: ${describeFix(folder)}`);
    return found;
  };
  const imagePath = path(`${part}-images-idx3-ubyte`);
  const labelPath = path(`${part}-labels-idx1-ubyte`);
  const images = readIdx(imagePath);
  const labels = readIdx(labelPath);
  const [count, height, width] = images.sizes;
  if (count === undefined || height === undefined || width === undefined || images.sizes.length !== 3) {
    throw new UserError(
      `${imagePath} does not contain images (${images.sizes.join(" x ")}): use a folder of IDX images`,
    );
  }
  if (count * height * width === 0) {
    throw new UserError(`${imagePath} has ${images.sizes.join(" x ")} pixels: use a folder with images`);
  }
  if (labels.sizes.length !== 1 || labels.sizes[0] !== count) {
    throw new UserError(
      `${labelPath} has ${labels.sizes.join(" x ")} labels for ${count} images: download both again`,
    );
  }
  const shared = new Uint8Array(new SharedArrayBuffer(images.data.length));
  shared.set(images.data);
  return { kind: "raw", pixels: shared, count, height, width, labels: Uint8Array.from(labels.data) };
}

const describeFix = (folder: string): string =>
  folder.startsWith("/usr/share/datasets/fashion-mnist")
    ? "apt-get install dataset-fashion-mnist"
    : "use a folder with train-images-idx3-ubyte, train-labels-idx1-ubyte and the same for t10k";

/** Data set of the MNIST family. Its gray images are in memory. */
export interface IdxSet extends ClassificationSet {
  readonly train: RawSamples;
  openVal(): RawSamples;
}

/**
 * Opens a data set of the MNIST family, a folder of four IDX files: images and labels for training and test.
 *
 * @example
 * const { classes, train, openVal } = openIdx("/usr/share/datasets/fashion-mnist");
 * @throws UserError naming the file that is missing or damaged
 */
export function openIdx(folder: string): IdxSet {
  requireString("openIdx: folder", folder);
  const train = readPart(folder, "train");
  const highest = findHighestLabel(train);
  const isFashion = /fashion/i.test(folder) && highest < FASHION_CLASSES.length;
  const classes = isFashion ? FASHION_CLASSES : Array.from({ length: highest + 1 }, (_, i) => String(i));
  return {
    classes,
    train,
    openVal() {
      const val = readPart(folder, "t10k");
      const other = findHighestLabel(val);
      if (other < classes.length) return val;
      throw new UserError(
        `${folder}: test images have label ${other}, training images none above ${highest}: download the files again`,
      );
    },
  };
}

const findHighestLabel = ({ labels }: RawSamples): number => labels.reduce((a, b) => Math.max(a, b), 0);
