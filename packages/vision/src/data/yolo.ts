import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { fileError, requireString, UserError } from "@supernet/base";
import { imageSize } from "image-size";
import { parse as parseYaml, YAMLParseError } from "yaml";
import { type AnnotatedImage, type AnnotatedObject, annotatedSet, boxProblem } from "./annotated-images.js";
import type { DetectionSplits } from "./detection-set.js";
import { listImages } from "./image-folder.js";
import { DataProblems } from "./problems.js";

const FILES = ["data.yaml", "data.yml", "dataset.yaml"];
const SPLITS = ["train", "val", "test"] as const;

/** Returns whether a path is a YOLO data file, or a folder with one. */
export function isYoloFolder(folder: string): boolean {
  requireString("isYoloFolder: folder", folder);
  return dataFile(folder) !== undefined;
}

/** Returns the data file in a folder, or the path itself if it is one. */
function dataFile(path: string): string | undefined {
  if (/\.ya?ml$/.test(path)) return existsSync(path) ? path : undefined;
  return FILES.map((name) => join(path, name)).find((file) => existsSync(file));
}

/**
 * Opens a data set in YOLO's layout: `data.yaml` with the names of the classes and the folders of the images, and for
 * every `images/.../NAME.jpg` a text file `labels/.../NAME.txt` with one line per object: its class and the center,
 * width and height of its box, as fractions of the image's sides. An image without a text file has no objects.
 *
 * In `data.yaml`, `names` is a list or a map from 0, and `train`, `val` (optional) and `test` (optional) are each a
 * folder, a list of folders, or a text file that lists images. They are relative to `path`, or else to the file.
 *
 * @example
 * const { train, val } = openYolo("coco8"); // has coco8/data.yaml
 * @throws UserError that lists the mistakes in all files
 */
export function openYolo(folder: string): DetectionSplits {
  requireString("openYolo: folder", folder);
  const file = dataFile(folder);
  if (file === undefined) throw new UserError(`${join(folder, FILES[0]!)} does not exist: add it`);
  const problems = new DataProblems();
  const data = readData(file);
  const classes = readNames(file, data, problems);
  const folders = listFolders(file, data, problems);
  problems.throwIfAny();
  const sets = Object.fromEntries(
    folders.map(([split, files]) => {
      const images = files.flatMap((image) => readImage(image, classes.length, problems) ?? []);
      return [split, annotatedSet(classes, images)];
    }),
  );
  problems.throwIfAny();
  return sets as unknown as DetectionSplits;
}

type Data = Readonly<Record<string, unknown>>;

function readData(file: string): Data {
  let value: unknown;
  try {
    value = parseYaml(readFileSync(file, "utf8"));
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw fileError("read", file, error);
    const line = error.linePos?.[0].line ?? 1;
    throw new UserError(`${file}:${line}: is not valid YAML (${error.message.split("\n")[0]}): correct it`, {
      cause: error,
    });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Data;
  throw new UserError(`${file}: expected the keys names, train and val`);
}

/** Reads the names of the classes, by label. */
function readNames(file: string, { names, nc }: Data, problems: DataProblems): readonly string[] {
  const isMap = typeof names === "object" && names !== null;
  const entries = isMap ? Object.entries(names) : [];
  if (entries.length === 0)
    problems.add(file, "names is missing or empty: list the names of the classes, such as names: [cat, dog]");
  for (const [i, [key, name]] of entries.entries()) {
    if (key !== String(i))
      problems.add(file, `names has the key ${key}: number the classes from 0 without gaps`);
    if (typeof name !== "string" && typeof name !== "number")
      problems.add(file, `names: the name of class ${key} is ${JSON.stringify(name)}, not text: correct it`);
  }
  if (nc !== undefined && isMap && nc !== entries.length)
    problems.add(file, `nc is ${nc}, but names has ${entries.length}: make them equal, or remove nc`);
  return entries.map(([, name]) => String(name));
}

/** Lists the images of every split. */
function listFolders(
  file: string,
  data: Data,
  problems: DataProblems,
): (readonly [(typeof SPLITS)[number], readonly string[]])[] {
  const own = dirname(file);
  const bases = typeof data.path === "string" ? [resolve(own, data.path), own] : [own];
  /** Finds a path of the file. Some tools write `../train/images` for `train/images`. */
  const find = (path: string): string | undefined =>
    (isAbsolute(path)
      ? [path]
      : bases.flatMap((base) => [join(base, path), join(base, path.replace(/^(\.\.\/)+/, ""))])
    ).find((candidate) => existsSync(candidate));
  return SPLITS.flatMap((split) => {
    const value = data[split];
    if (value === undefined || value === null || value === "") {
      if (split === "train")
        problems.add(file, "train is missing: set it to the folder of the training images");
      return [];
    }
    const images = [value].flat().flatMap((path: unknown): string[] => {
      const found = typeof path === "string" ? find(path) : undefined;
      if (found === undefined) {
        problems.add(file, `${split}: ${JSON.stringify(path)} does not exist: correct the path`);
        return [];
      }
      return statSync(found).isDirectory() ? listImages(found) : readList(found, problems);
    });
    if (images.length === 0)
      problems.add(file, `${split}: there are no images: add some, or correct the path`);
    return [[split, images] as const];
  });
}

/** Reads a text file that lists images. */
function readList(path: string, problems: DataProblems): string[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line, i) => {
    const name = line.trim();
    if (name === "") return [];
    const image = resolve(dirname(path), name);
    if (existsSync(image)) return [image];
    problems.add(`${path}:${i + 1}`, `${name} does not exist: add the image, or remove the line`);
    return [];
  });
}

/** Reads the objects of one image; returns undefined if its size is not known. */
function readImage(file: string, classes: number, problems: DataProblems): AnnotatedImage | undefined {
  const size = readSize(file, problems);
  if (size === undefined) return undefined;
  const path = labelFile(file);
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const objects = lines.flatMap((line, i): AnnotatedObject[] => {
    const text = line.trim();
    if (text === "") return [];
    const object = parseObject(text, { ...size, classes });
    if (typeof object !== "string") return [object];
    problems.add(`${path}:${i + 1}`, object);
    return [];
  });
  return { file, ...size, objects };
}

/** Returns the text file of an image: in `labels` instead of the last `images` of its path, or else next to it. */
function labelFile(image: string): string {
  const at = image.lastIndexOf("/images/");
  const moved = at < 0 ? image : `${image.slice(0, at)}/labels/${image.slice(at + "/images/".length)}`;
  return moved.replace(/\.[^./]+$/, ".txt");
}

/** Parses a line; returns what is wrong if it cannot. */
function parseObject(
  text: string,
  { width, height, classes }: { readonly width: number; readonly height: number; readonly classes: number },
): AnnotatedObject | string {
  const words = text.split(/\s+/);
  const [label, x, y, w, h] = words.map(Number) as [number, number, number, number, number];
  if (words.length !== 5)
    return `has ${words.length} values: expected the class, and the x, y, width and height of the box`;
  if (![label, x, y, w, h].every(Number.isFinite))
    return `${JSON.stringify(text.slice(0, 60))} has a value that is no number: correct it`;
  if (!Number.isInteger(label) || label < 0 || label >= classes)
    return `class is ${words[0]}, but names has the classes 0 to ${classes - 1}: correct it`;
  if ([x, y, w, h].some((value) => value < 0 || value > 1))
    return "the box is not in fractions of the image, from 0 to 1: divide pixels by its width and height";
  const box = [(x - w / 2) * width, (y - h / 2) * height, (x + w / 2) * width, (y + h / 2) * height] as const;
  const wrong = boxProblem(box, { width, height });
  return wrong === undefined ? { label, box } : `${wrong}: correct it`;
}

/** Number of bytes in which most files have their size. */
const HEADER = 2 ** 16;

/** Reads the size of an image from its header. */
function readSize(
  file: string,
  problems: DataProblems,
): { readonly width: number; readonly height: number } | undefined {
  let size: ReturnType<typeof imageSize> | undefined;
  for (const read of [readHeader, readFileSync]) {
    const bytes = readBytes(file, read);
    try {
      size = imageSize(bytes);
      break;
    } catch {
      // The header may be longer.
    }
  }
  if (size === undefined) {
    problems.add(file, "is damaged, or not an image: replace or remove it");
    return undefined;
  }
  const { width, height, orientation = 1 } = size;
  // The decoder ignores the orientation, and the boxes of this format refer to the rotated image.
  if (orientation > 1) {
    problems.add(file, `has the EXIF orientation ${orientation}: rotate its pixels, and remove the tag`);
    return undefined;
  }
  return { width, height };
}

function readBytes(file: string, read: (file: string) => Uint8Array): Uint8Array {
  try {
    return read(file);
  } catch (error) {
    throw fileError("read", file, error);
  }
}

function readHeader(file: string): Uint8Array {
  const handle = openSync(file, "r");
  try {
    const bytes = new Uint8Array(HEADER);
    return bytes.subarray(0, readSync(handle, bytes));
  } finally {
    closeSync(handle);
  }
}
