import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileError, requireString, UserError } from "@supernet/base";
import type { ClassificationSet, FileSamples } from "./classification-set.js";

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

/**
 * Opens a folder of images in ImageNet's layout: `train/<class>/*.jpg` and `val/<class>/*.jpg`. Classes are sorted by
 * name.
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
