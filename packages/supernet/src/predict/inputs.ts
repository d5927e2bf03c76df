// Image files that a user names.
import { statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { UserError } from "@supernet/base";
import { listImages, openEncodedImage, readImageSize } from "@supernet/vision";
import { joinProblems } from "../recipe/problems.js";

/** An image to predict on. */
export interface InputImage {
  readonly path: string;
  /** Path below the folder that the user named, or the name of the file. */
  readonly name: string;
}

/**
 * Lists image files, and those in folders and their subfolders, each once. Files that do not exist are listed too: see
 * {@link requireReadable}.
 * @throws UserError if a folder contains no images
 */
export function listInputs(paths: readonly string[]): InputImage[] {
  const listed = paths.flatMap((path): InputImage[] => {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [{ path, name: basename(path) }];
    const files = listImages(path);
    if (files.length > 0) return files.map((file) => ({ path: file, name: relative(path, file) }));
    throw new UserError(`${path} contains no images: expected .jpg, .jpeg, .png or .webp files`);
  });
  const first = new Map<string, InputImage>();
  for (const image of listed) {
    const key = resolve(image.path);
    if (!first.has(key)) first.set(key, image);
  }
  return [...first.values()];
}

/**
 * Checks that the header of every image can be read.
 * @throws UserError that lists those that cannot
 */
export async function requireReadable(images: readonly InputImage[]): Promise<void> {
  const problems: string[] = [];
  for (const { path } of images) {
    const problem = await problemOf(() => readImageSize(path));
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) throw unreadable(problems, images.length);
}

/** Returns what is wrong with an image file; undefined if it can be decoded. */
export const damageOf = (path: string): Promise<string | undefined> =>
  problemOf(async () => (await openEncodedImage(path)).decode());

async function problemOf(action: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Creates the error for images that cannot be read. */
export function unreadable(problems: readonly string[], images: number): UserError {
  const several = problems.length > 1 ? `${problems.length} of ${images} images cannot be read: ` : "";
  return new UserError(`${several}${joinProblems(problems)}`);
}

/**
 * Returns the path of the drawn picture of each image: its name in the folder, as PNG unless it is a JPEG file.
 * @throws UserError if two pictures would have the same path, or one would replace an image
 */
export function drawnPaths(folder: string, images: readonly InputImage[]): string[] {
  const sources = new Map(images.map(({ path }) => [resolve(path), path]));
  const drawn = new Map<string, string>();
  for (const { path, name } of images) {
    const target = join(folder, /\.(?:jpe?g|png)$/i.test(name) ? name : `${name}.png`);
    const [source, other] = [sources.get(resolve(target)), drawn.get(target)];
    if (source !== undefined)
      throw new UserError(`--draw ${folder} would replace the image ${source}: use another folder`);
    if (other !== undefined) {
      throw new UserError(
        `--draw ${folder}: ${other} and ${path} would both be drawn to ${target}: name the folder that contains both`,
      );
    }
    drawn.set(target, path);
  }
  return [...drawn.keys()];
}
