import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileError, requireString, UserError } from "@supernet/base";
import type { CocoAnnotation } from "../metrics/coco-files.js";
import type { DetectionSample, DetectionSet, DetectionSplits } from "./detection-set.js";

const SPLITS = ["train", "val", "search", "test"] as const;

/** Paths of a split's annotations and images: plain names and COCO's names. */
const LAYOUTS = [
  (split: string) => [`annotations/instances_${split}.json`, `images/${split}`],
  (split: string) => [`annotations/instances_${split}2017.json`, `${split}2017`],
] as const;

/** Returns whether a folder has annotations of training images in COCO's layout. */
export function isCocoFolder(folder: string): boolean {
  requireString("isCocoFolder: folder", folder);
  return LAYOUTS.some((layout) => existsSync(join(folder, layout("train")[0]!)));
}

/**
 * Opens a folder in COCO layout: `annotations/instances_train.json` with `images/train`, or the official
 * `annotations/instances_train2017.json` with `train2017`. The splits val, search and test are optional.
 *
 * @example
 * const { train, val } = openCoco("coco");
 * @throws UserError naming the folder or file, and how to fix it
 */
export function openCoco(folder: string): DetectionSplits {
  requireString("openCoco: folder", folder);
  const splits = SPLITS.flatMap((split) => {
    const paths = LAYOUTS.map(
      (layout) => layout(split).map((part) => join(folder, part)) as [string, string],
    );
    const found = paths.find(([annotations]) => existsSync(annotations));
    return found ? [[split, readCoco(...found)] as const] : [];
  });
  const { train, ...others } = Object.fromEntries(splits) as Partial<
    Record<(typeof SPLITS)[number], DetectionSet>
  >;
  if (!train) {
    throw new UserError(
      `${folder} does not contain a COCO data set: expected annotations/instances_train.json with images/train, ` +
        "or annotations/instances_train2017.json with train2017",
    );
  }
  for (const [split, set] of Object.entries(others)) {
    if (set.classes.join() !== train.classes.join()) {
      throw new UserError(`${folder}: ${split} has other categories than train: use the same in both`);
    }
  }
  return { train, ...others };
}

/** Reads one annotation file whose images are in `imageFolder`. Skips boxes without area. */
export function readCoco(path: string, imageFolder: string): DetectionSet {
  requireString("readCoco: path", path);
  requireString("readCoco: imageFolder", imageFolder);
  const { images, annotations, categories } = parse(path);
  const sorted = categories.toSorted((a, b) => a.id - b.id);
  const labelOf = new Map(sorted.map(({ id }, label) => [id, label]));
  const annotationsOf = new Map<number, CocoAnnotation[]>(images.map(({ id }) => [id, []]));
  for (const annotation of annotations) {
    const fail = (what: string, fix: string) =>
      new UserError(`${path}: annotation ${annotation.id} ${what}: ${fix}`);
    const list = annotationsOf.get(annotation.image_id);
    if (!list)
      throw fail(
        `belongs to image ${annotation.image_id}, which does not exist`,
        "add the image or remove the annotation",
      );
    if (!labelOf.has(annotation.category_id)) {
      throw fail(`has category ${annotation.category_id}, which does not exist`, "correct its category_id");
    }
    if (annotation.bbox.length !== 4 || !annotation.bbox.every(Number.isFinite)) {
      throw fail(`has the box [${annotation.bbox}]`, "expected [x, y, width, height]");
    }
    list.push(annotation);
  }
  const samples = images.map((image): DetectionSample => {
    const all = annotationsOf.get(image.id)!;
    const boxes: number[] = [];
    const kept: CocoAnnotation[] = [];
    for (const annotation of all) {
      const [x, y, w, h] = annotation.bbox as [number, number, number, number];
      const [x1, y1] = [Math.max(0, x), Math.max(0, y)];
      const [x2, y2] = [Math.min(image.width, x + w), Math.min(image.height, y + h)];
      if (w > 0 && h > 0 && (x1 >= image.width || y1 >= image.height || x2 <= 0 || y2 <= 0)) {
        throw new UserError(
          `${path}: annotation ${annotation.id} is outside its image ${image.file_name} ` +
            `(${image.width} x ${image.height}): correct its bbox or the image's size`,
        );
      }
      if (x2 <= x1 || y2 <= y1) continue;
      boxes.push(x1, y1, x2, y2);
      kept.push(annotation);
    }
    return {
      id: image.id,
      file: join(imageFolder, image.file_name),
      width: image.width,
      height: image.height,
      boxes: Float32Array.from(boxes),
      labels: Int32Array.from(kept, ({ category_id }) => labelOf.get(category_id)!),
      crowd: Uint8Array.from(kept, ({ iscrowd }) => iscrowd),
      annotations: all,
    };
  });
  const first = samples[0];
  if (!first) throw new UserError(`${path} lists no images: use a file that does`);
  if (!existsSync(first.file)) {
    throw new UserError(
      `${first.file} does not exist, but ${path} lists it: put the images into ${imageFolder}`,
    );
  }
  return { classes: sorted.map(({ name }) => name), categoryIds: sorted.map(({ id }) => id), samples };
}

interface CocoFile {
  readonly images: readonly { id: number; file_name: string; width: number; height: number }[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly { id: number; name: string }[];
}

// Checks without a schema, because COCO's own file has 860,000 annotations.
function parse(path: string): CocoFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserError(`${path} is not valid JSON (${error.message.slice(0, 80)}): write the file again`, {
        cause: error,
      });
    }
    throw fileError("read", path, error);
  }
  const fail = (what: string): UserError => new UserError(`${path}: ${what}: expected a COCO detection file`);
  const list = (key: string): Record<string, unknown>[] => {
    const items = (value as Record<string, unknown> | null)?.[key];
    if (!Array.isArray(items)) throw fail(`${key} is not a list`);
    const bad = items.findIndex((item) => typeof item !== "object" || item === null);
    if (bad >= 0) throw fail(`${key}[${bad}] is not an object`);
    return items;
  };
  const number = (item: Record<string, unknown>, key: string, location: string): number => {
    const found = item[key];
    if (typeof found !== "number" || !Number.isFinite(found))
      throw fail(`${location}.${key} is ${found}, not a number`);
    return found;
  };
  const text = (item: Record<string, unknown>, key: string, location: string): string => {
    const found = item[key];
    if (typeof found !== "string" || found === "") throw fail(`${location}.${key} is ${found}, not text`);
    return found;
  };
  const images = list("images").map((item, i) => {
    const location = `images[${i}]`;
    const file_name = text(item, "file_name", location);
    if (file_name.split(/[\\/]/).includes("..") || file_name.startsWith("/")) {
      throw fail(`${location}.file_name ${file_name} is outside the image folder`);
    }
    const size = (key: string) => {
      const found = number(item, key, location);
      if (!Number.isSafeInteger(found) || found < 1) throw fail(`${location}.${key} is ${found}, not a size`);
      return found;
    };
    return { id: number(item, "id", location), file_name, width: size("width"), height: size("height") };
  });
  if (new Set(images.map(({ id }) => id)).size !== images.length) throw fail("two images have the same id");
  const categories = list("categories").map((item, i) => ({
    id: number(item, "id", `categories[${i}]`),
    name: text(item, "name", `categories[${i}]`),
  }));
  const annotations = list("annotations").map((item, i): CocoAnnotation => {
    const location = `annotations[${i}]`;
    const bbox = item.bbox;
    if (!Array.isArray(bbox)) throw fail(`${location}.bbox is ${bbox}, not [x, y, width, height]`);
    return {
      id: number(item, "id", location),
      image_id: number(item, "image_id", location),
      category_id: number(item, "category_id", location),
      bbox: bbox as number[],
      area: item.area === undefined ? Number(bbox[2]) * Number(bbox[3]) : number(item, "area", location),
      iscrowd: item.iscrowd === undefined ? 0 : number(item, "iscrowd", location),
    };
  });
  return { images, annotations, categories };
}
