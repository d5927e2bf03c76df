import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileError, requireString, UserError } from "@supernet/base";
import type { ClassificationSet, FileSamples } from "./classification-set.js";
import { DataProblems } from "./problems.js";

const IMAGE = /\.(jpe?g|png|webp)$/i;

function listFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw fileError("read", folder, error);
  }
}

/**
 * Lists the image files in a folder and its subfolders, sorted by name in each: .jpg, .jpeg, .png and .webp. Follows
 * links, but does not enter a folder that contains itself.
 *
 * @example
 * for (const file of listImages("photos")) console.log(file); // photos/2024/cat.jpg
 * @returns paths that begin with `folder`; empty if there are none
 * @throws UserError naming the folder that cannot be read
 */
export function listImages(folder: string): string[] {
  requireString("listImages: folder", folder);
  return imagesWithin(folder, []);
}

/** @param parents real paths of the folders that contain this one */
function imagesWithin(folder: string, parents: readonly string[]): string[] {
  const entries = listFolder(folder);
  const own = realpathSync(folder);
  if (parents.includes(own)) return [];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    const isFolder = entry.isSymbolicLink()
      ? statSync(path, { throwIfNoEntry: false })?.isDirectory()
      : entry.isDirectory();
    if (isFolder) return imagesWithin(path, [...parents, own]);
    return IMAGE.test(entry.name) ? [path] : [];
  });
}

function listClasses(folder: string): string[] {
  if (!existsSync(folder)) {
    throw new UserError(
      `${folder} does not exist: expected train/<class>/*.jpg and val/<class>/*.jpg (or IDX files)`,
    );
  }
  return listFolder(folder)
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name);
}

function readSplit(folder: string, classes: readonly string[]): FileSamples {
  const files: string[] = [];
  const labels: number[] = [];
  for (const [label, name] of classes.entries()) {
    const before = files.length;
    for (const entry of listFolder(join(folder, name))) {
      if (!IMAGE.test(entry.name)) continue;
      files.push(join(folder, name, entry.name));
      labels.push(label);
    }
    if (files.length === before)
      throw new UserError(`${join(folder, name)} contains no images: add some or remove the folder`);
  }
  return { kind: "files", files, labels };
}

/** Places of the list of a `val` folder without folders of classes. */
const VAL_LISTS = ["val.txt", "meta/val.txt"];

/**
 * Reads the images of a `val` folder that has them side by side, as ImageNet's archive. A list has a line for each: its
 * name and its class, as a number from 0 or a name.
 */
function readFlatVal(folder: string, classes: readonly string[]): FileSamples {
  const list = VAL_LISTS.map((name) => join(folder, name)).find((path) => existsSync(path));
  const val = join(folder, "val");
  if (list === undefined) {
    throw new UserError(
      `${val} has images, but no folders of classes: add ${join(folder, VAL_LISTS[0]!)} with lines like "NAME.jpg 65", ` +
        "or move the images to val/<class>",
    );
  }
  const problems = new DataProblems();
  const files: string[] = [];
  const labels: number[] = [];
  const names = new Set(listFolder(val).map(({ name }) => name));
  const lineOf = new Map<string, number>();
  for (const [i, line] of readLines(list).entries()) {
    if (line.trim() === "") continue;
    const place = `${list}:${i + 1}`;
    const [path, given, ...rest] = line.trim().split(/\s+/);
    const name = path!.replace(/^val\//, "");
    const byName = classes.indexOf(given ?? "");
    const label = byName < 0 && /^\d+$/.test(given ?? "") ? Number(given) : byName;
    if (given === undefined || rest.length > 0)
      problems.add(place, `is ${JSON.stringify(line.slice(0, 60))}: expected an image and its class`);
    else if (!names.has(name)) problems.add(place, `val/${name} does not exist: add it, or remove the line`);
    else if (lineOf.has(name)) problems.add(place, `${name} is also in line ${lineOf.get(name)}: remove one`);
    else if (label < 0 || label >= classes.length)
      problems.add(
        place,
        `class ${given} is not one of the ${classes.length} folders in train, numbered from 0: correct it`,
      );
    lineOf.set(name, i + 1);
    files.push(join(val, name));
    labels.push(label);
  }
  for (const name of names)
    if (IMAGE.test(name) && !lineOf.has(name))
      problems.add(join(val, name), `has no class: add it to ${list}, or remove it`);
  if (files.length === 0) problems.add(list, "lists no images: add a line for each");
  problems.throwIfAny();
  return { kind: "files", files, labels };
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch (error) {
    throw fileError("read", path, error);
  }
}

/** Returns whether a folder has images, and no folders. */
const isFlat = (folder: string): boolean => {
  if (!existsSync(folder)) return false;
  const entries = listFolder(folder);
  return entries.some(({ name }) => IMAGE.test(name)) && !entries.some((entry) => entry.isDirectory());
};

/**
 * Opens a folder of images in ImageNet's layout: `train/<class>/*.jpg` and `val/<class>/*.jpg`. Classes are sorted by
 * name. Or the images of `val` are side by side, and `val.txt` (or `meta/val.txt`) lists their names and classes.
 *
 * @example
 * const { classes, train, openVal } = openImageFolder("photos");
 * @throws UserError naming the folder that is missing or empty. `openVal` also throws if the splits' classes differ
 */
export function openImageFolder(folder: string): ClassificationSet {
  requireString("openImageFolder: folder", folder);
  const classes = listClasses(join(folder, "train"));
  if (classes.length === 0)
    throw new UserError(`${join(folder, "train")} has no folders: expected one folder per class`);
  return {
    classes,
    train: readSplit(join(folder, "train"), classes),
    openVal() {
      if (isFlat(join(folder, "val"))) return readFlatVal(folder, classes);
      const others = listClasses(join(folder, "val"));
      const stray =
        others.find((name) => !classes.includes(name)) ?? classes.find((name) => !others.includes(name));
      if (stray === undefined) return readSplit(join(folder, "val"), classes);
      throw new UserError(
        `${folder}: class ${stray} is not in both train and val: use the same folders in both`,
      );
    },
  };
}
