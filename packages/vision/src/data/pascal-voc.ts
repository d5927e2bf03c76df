import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, parse as parsePath } from "node:path";
import { parseXml, type XmlElement, XmlError } from "@rgrove/parse-xml";
import { fileError, requireString } from "@supernet/base";
import { type AnnotatedImage, type AnnotatedObject, annotatedSet, boxProblem } from "./annotated-images.js";
import type { DetectionSplits } from "./detection-set.js";
import { DataProblems } from "./problems.js";

/** Folders of the splits of the flat layout, in which an image and its XML file are side by side. */
const FLAT = { train: ["train"], val: ["val", "valid"], test: ["test"] } as const;
/** Lists of the splits in `ImageSets/Main`. The first that exists is used. */
const LISTS = { train: ["train", "trainval"], val: ["val"], test: ["test"] } as const;

const IMAGE_SUFFIXES = [".jpg", ".jpeg", ".JPG", ".JPEG", ".png", ".webp"];

/** Annotation file of an image, and the folder that the image is in. */
interface AnnotationFile {
  readonly path: string;
  readonly images: string;
}

/** Returns whether a folder has Pascal VOC's layout, or a training split of XML files next to their images. */
export function isVocFolder(folder: string): boolean {
  requireString("isVocFolder: folder", folder);
  return existsSync(join(folder, "Annotations")) || xmlFiles(join(folder, "train")).length > 0;
}

/**
 * Opens a folder in Pascal VOC's layout: `Annotations/*.xml`, `JPEGImages`, and lists of images in `ImageSets/Main`:
 * `train.txt` (or `trainval.txt`), and optionally `val.txt` and `test.txt`. Without lists, all images are for training.
 * Or one folder each for `train`, `val` (or `valid`) and `test`, with every XML file next to its image.
 *
 * Classes are the names of the objects in the training images, sorted. Coordinates start at 1, as in VOC's own files.
 * Objects that are marked as difficult are neither trained on nor evaluated.
 *
 * @example
 * const { train, test } = openVoc("VOCdevkit/VOC2007");
 * @throws UserError that lists the mistakes in all files
 */
export function openVoc(folder: string): DetectionSplits {
  requireString("openVoc: folder", folder);
  const problems = new DataProblems();
  const files = listSplits(folder, problems);
  problems.throwIfAny();
  const images = mapSplits(files, (list) => list.flatMap((file) => readAnnotation(file, problems) ?? []));
  const classes = [
    ...new Set(images.train!.flatMap(({ objects }) => objects.map(({ name }) => name))),
  ].sort();
  const labels = new Map(classes.map((name, label) => [name, label]));
  const sets = mapSplits(images, (list) =>
    annotatedSet(
      classes,
      list.map(({ path, objects, ...image }) => ({
        ...image,
        objects: objects.map(({ name, ...object }): AnnotatedObject => {
          const label = labels.get(name);
          if (label === undefined)
            problems.add(
              path,
              `no training image has the class ${name}: correct the name, or add such images`,
            );
          return { ...object, label: label ?? 0 };
        }),
      })),
    ),
  );
  problems.throwIfAny();
  const { train, ...others } = sets;
  return { train: train!, ...others };
}

type Splits<T> = { readonly [Split in keyof typeof LISTS]?: T };

const mapSplits = <T, U>(splits: Splits<T>, map: (value: T) => U): Splits<U> =>
  Object.fromEntries(Object.entries(splits).map(([split, value]) => [split, map(value)]));

/** Lists the annotation files of every split. */
function listSplits(folder: string, problems: DataProblems): Splits<readonly AnnotationFile[]> {
  const annotations = join(folder, "Annotations");
  if (!existsSync(annotations)) {
    const found = Object.entries(FLAT).flatMap(([split, names]) => {
      const own = names.map((name) => join(folder, name)).find((path) => existsSync(path));
      return own ? [[split, xmlFiles(own).map((path) => ({ path, images: own }))] as const] : [];
    });
    for (const [split, list] of found)
      if (list.length === 0) problems.add(join(folder, split), "contains no XML files: add some");
    if (!found.some(([split]) => split === "train"))
      problems.add(
        folder,
        "has no Annotations and no train with XML files: use a folder in Pascal VOC's layout",
      );
    return Object.fromEntries(found);
  }
  const images = join(folder, "JPEGImages");
  if (!existsSync(images)) problems.add(images, "does not exist: put the images there");
  const lists = join(folder, "ImageSets", "Main");
  if (!existsSync(lists)) return { train: xmlFiles(annotations).map((path) => ({ path, images })) };
  const found = Object.entries(LISTS).flatMap(([split, names]) => {
    const path = names.map((name) => join(lists, `${name}.txt`)).find((file) => existsSync(file));
    if (path === undefined) return [];
    const files = readText(path)
      .split("\n")
      .flatMap((line, i): AnnotationFile[] => {
        const [name] = line.trim().split(/\s+/);
        if (!name) return [];
        const file = join(annotations, `${name}.xml`);
        if (name === basename(name) && existsSync(file)) return [{ path: file, images }];
        problems.add(`${path}:${i + 1}`, `there is no Annotations/${name}.xml: add it, or remove the line`);
        return [];
      });
    if (files.length === 0) problems.add(path, "lists no images: add some, or remove the file");
    return [[split, files] as const];
  });
  if (!found.some(([split]) => split === "train"))
    problems.add(lists, "has neither train.txt nor trainval.txt: add one of them");
  return Object.fromEntries(found);
}

function xmlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder)
      .filter((name) => /\.xml$/i.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw fileError("read", folder, error);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
}

interface VocImage extends Omit<AnnotatedImage, "objects"> {
  /** Annotation file. */
  readonly path: string;
  readonly objects: readonly (Omit<AnnotatedObject, "label"> & { readonly name: string })[];
}

/** Reads the annotation of one image; returns undefined if it cannot be used. */
function readAnnotation({ path, images }: AnnotationFile, problems: DataProblems): VocImage | undefined {
  const root = readXml(path, problems);
  if (root === undefined) return undefined;
  const sizes = child(root, "size");
  const [width, height] = ["width", "height"].map((name) => Number(textOf(sizes, name) || Number.NaN));
  if (!isSize(width) || !isSize(height)) {
    problems.add(path, `size is ${width} x ${height}: write the width and height of the image in pixels`);
    return undefined;
  }
  const file = imageOf(path, images, textOf(root, "filename"));
  if (file === undefined) {
    problems.add(
      path,
      `there is no image ${parsePath(path).name}.jpg in ${images}: add it, or remove the file`,
    );
    return undefined;
  }
  const objects = root.children.filter(
    (node): node is XmlElement => node.type === "element" && (node as XmlElement).name === "object",
  );
  return {
    ...{ path, file, width, height },
    objects: objects.flatMap((object, i) => {
      const name = textOf(object, "name");
      const place = `${path}: object ${i + 1}${name ? ` (${name})` : ""}`;
      if (!name) problems.add(place, "has no name: add the class");
      const corners = ["xmin", "ymin", "xmax", "ymax"].map((key) => textOf(child(object, "bndbox"), key));
      const [xmin, ymin, xmax, ymax] = corners.map((text) => Number(text || Number.NaN)) as [
        number,
        number,
        number,
        number,
      ];
      // The pixels are numbered from 1, and the last one is part of the box.
      const box = [xmin - 1, ymin - 1, xmax, ymax] as const;
      const wrong = box.every(Number.isFinite)
        ? boxProblem(box, { width, height })
        : `bndbox is [${corners}], not numbers`;
      if (wrong !== undefined) problems.add(place, `${wrong}: correct bndbox`);
      if (wrong !== undefined || !name) return [];
      return [{ name, box, ignored: textOf(object, "difficult") === "1" }];
    }),
  };
}

const isSize = (value: number | undefined): value is number => Number.isSafeInteger(value) && value! > 0;

function readXml(path: string, problems: DataProblems): XmlElement | undefined {
  try {
    const { root } = parseXml(readText(path));
    if (root?.name === "annotation") return root;
    problems.add(path, `the root is <${root?.name}>, not <annotation>: use a Pascal VOC annotation`);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const [reason] = error.message.split(" (line ");
    problems.add(`${path}:${error.line}`, `is not valid XML (${reason}): write the file again`);
  }
  return undefined;
}

const child = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element?.children.find(
    (node): node is XmlElement => node.type === "element" && (node as XmlElement).name === name,
  );

const textOf = (element: XmlElement | undefined, name: string): string =>
  child(element, name)?.text.trim() ?? "";

/** Finds the image of an annotation: by its file name, or else by the name of the annotation. */
function imageOf(path: string, folder: string, filename: string): string | undefined {
  const { name } = parsePath(path);
  const names = [...(filename ? [basename(filename)] : []), ...IMAGE_SUFFIXES.map((suffix) => name + suffix)];
  return names.map((candidate) => join(folder, candidate)).find((candidate) => existsSync(candidate));
}
