import { resolve, sep } from "node:path";
import { UserError } from "@supernet/base";
import { type CocoDetection, readGroundTruth } from "@supernet/vision/coco-metrics";
import { joinProblems } from "../recipe/problems.js";
import type { Finding } from "../task/predictor.js";
import type { InputImage } from "./inputs.js";

/** Ids of images and classes in COCO's files. */
export interface CocoIds {
  /** Id of each image. */
  readonly images: readonly number[];
  /** Id of each class. */
  readonly categories: readonly number[];
}

/** Numbers the images and the classes from 1, in order. */
export const numberedIds = (images: readonly unknown[], classes: readonly unknown[]): CocoIds => ({
  images: images.map((_, i) => i + 1),
  categories: classes.map((_, i) => i + 1),
});

/**
 * Looks up the ids in an annotation file: images by the end of their path, classes by name.
 * @throws UserError that lists the images and classes that are not in the file, or are there twice
 */
export function annotatedIds(
  path: string,
  images: readonly InputImage[],
  classes: readonly string[],
): CocoIds {
  const truth = readGroundTruth(path);
  const problems: string[] = [];
  const categoryOf = idsByName(
    truth.categories.map(({ id, name }) => [name, id]),
    "category",
    problems,
  );
  const imageOf = idsByName(
    truth.images.map(({ id, file_name }) => [file_name, id]),
    "image",
    problems,
  );
  const find = (name: string, kind: string, id: number | undefined): number => {
    if (id === undefined) problems.push(`no ${kind} ${name}`);
    return id ?? Number.NaN;
  };
  const ids: CocoIds = {
    images: images.map((image) => find(image.path, "image", imageId(imageOf, image))),
    categories: classes.map((name) => find(name, "category", categoryOf.get(name))),
  };
  const first = new Map<number, string>();
  for (const [i, id] of ids.images.entries()) {
    const other = first.get(id);
    if (other !== undefined) problems.push(`${other} and ${images[i]!.path} are the same image`);
    if (!Number.isNaN(id)) first.set(id, images[i]!.path);
  }
  if (problems.length > 0)
    throw new UserError(
      `${path} does not match: ${joinProblems(problems)}: use the annotations of these images`,
    );
  return ids;
}

function idsByName(
  entries: readonly (readonly [name: string | undefined, id: number])[],
  kind: string,
  problems: string[],
): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const [name, id] of entries) {
    if (name === undefined) continue;
    if (ids.has(name)) problems.push(`${kind} ${name} is listed twice`);
    ids.set(name, id);
  }
  return ids;
}

/** Finds an image by the longest end of its path. */
function imageId(ids: ReadonlyMap<string, number>, { path }: InputImage): number | undefined {
  const parts = resolve(path).split(sep);
  const ends = parts.map((_, i) => parts.slice(i).join("/"));
  return ends.map((end) => ids.get(end)).find((id) => id !== undefined);
}

/**
 * Converts the findings of an image to COCO's results format.
 * @param found findings with boxes
 * @param categories id of each class
 */
export const toResults = (
  found: readonly Finding[],
  imageId: number,
  categories: readonly number[],
): CocoDetection[] =>
  found.map(({ label, score, box }) => ({
    image_id: imageId,
    category_id: categories[label]!,
    bbox: box!,
    score,
  }));
